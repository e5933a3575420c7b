-- Which days were written for systems without HTTP.
create table orders_exports (
  kind text not null,
  day text not null,
  row_count integer not null,
  written_at integer not null,
  primary key (kind, day)
) strict, without rowid;
