@echo off
rem Installs Remit from this folder: install.cmd [FOLDER]. It takes the newest Python that fits.
for %%v in (3.13 3.12 3.11) do (
  py -%%v -c "" >nul 2>nul && (
    py -%%v "%~dp0install.py" %*
    exit /b
  )
)
python "%~dp0install.py" %*
