@py "%~dp0tools\task.py" %*
