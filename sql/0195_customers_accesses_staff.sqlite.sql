-- Which account looked; the customer is shown the role alone.
alter table customers_accesses add column staff_id text not null default '';
