-- Which account looked; the customer is shown the role alone.
alter table customers_accesses add column staff_id char(32) character set ascii collate ascii_bin not null default '';
