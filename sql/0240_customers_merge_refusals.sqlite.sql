-- A customer said that the account with the same number is somebody else's: neither of the two is asked again.
create table customers_merge_refusals (
  customer_id text not null,
  other_id text not null,
  refused_at integer not null,
  primary key (customer_id, other_id)
) strict, without rowid;

create index customers_merge_refusals_other on customers_merge_refusals (other_id);
