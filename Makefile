# make demo-day: a day of a courier company in minutes, with a report.
.PHONY: demo-day
demo-day:
	tools/demo-day $(FILE) $(SPEED)
