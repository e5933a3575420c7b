-- Up to which order persons were taken out of what is too old.
create table orders_forgotten (
  name text not null primary key,
  last_id text not null
) strict, without rowid;
