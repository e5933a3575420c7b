-- Which outlet serves which division; place narrows it to a village or community, '' is the whole division. beyond: couriers do not go
-- there, customers collect at the outlet.
create table network_coverage (
  outlet_code text not null,
  division_code text not null,
  place text not null default '',
  kind text not null check (kind in ('serves', 'beyond')),
  primary key (outlet_code, division_code, place)
) strict, without rowid;

create index network_coverage_division on network_coverage (division_code);

-- Who changes outlets or coverage raises the version in the same transaction: processes then read them again.
create table network_versions (
  name text not null primary key,
  version integer not null
) strict, without rowid;

insert or ignore into network_versions (name, version) values ('outlets', 1);
