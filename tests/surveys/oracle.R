# What the package survey of R makes of samples: shares, errors, tests, raked weights.
# Usage: Rscript oracle.R FOLDER; reads *.csv there and writes found.csv and raked.csv.
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust", digits = 17)
folder <- commandArgs(trailingOnly = TRUE)[1]
found <- data.frame()
say <- function(sample, what, group, value) {
  found <<- rbind(found, data.frame(sample, what, group, value = as.numeric(value)))
}
designed <- function(d) {
  svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
}
for (file in list.files(folder, pattern = "^sample.*\\.csv$")) {
  d <- read.csv(file.path(folder, file))
  name <- sub("\\.csv$", "", file)
  design <- designed(d)
  whole <- svymean(~agree, design)
  say(name, "share", "all", coef(whole))
  say(name, "se", "all", SE(whole))
  counted <- subset(design, weight > 0)
  test <- svychisq(~agree + kind, counted)
  say(name, "f", "all", test$statistic)
  say(name, "df", "all", test$parameter[1])
  say(name, "p", "all", test$p.value)
  for (wanted in sort(unique(d$kind))) {
    part <- svymean(~agree, subset(design, kind == wanted))
    say(name, "share", wanted, coef(part))
    say(name, "se", wanted, SE(part))
    one <- update(counted, one = as.numeric(kind == wanted))
    say(name, "p", wanted, svychisq(~agree + one, one)$p.value)
  }
}
d <- read.csv(file.path(folder, "to-rake.csv"))
kinds <- data.frame(kind = 0:2, Freq = c(500, 300, 200))
places <- data.frame(place = 0:3, Freq = c(400, 250, 250, 100))
raked <- rake(designed(d), list(~kind, ~place), list(kinds, places),
              control = list(maxit = 2000, epsilon = 1e-10))
write.csv(data.frame(weight = weights(raked)), file.path(folder, "raked.csv"), row.names = FALSE)
write.csv(found, file.path(folder, "found.csv"), row.names = FALSE)
