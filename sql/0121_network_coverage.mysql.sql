-- Which outlet serves which division; place narrows it to a village or community, '' is the whole division. beyond: couriers do not go
-- there, customers collect at the outlet.
create table if not exists network_coverage (
  outlet_code varchar(32) not null,
  division_code varchar(9) not null,
  place varchar(60) not null default '',
  kind varchar(8) not null check (kind in ('serves', 'beyond')),
  primary key (outlet_code, division_code, place),
  key network_coverage_division (division_code)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Who changes outlets or coverage raises the version in the same transaction: processes then read them again.
create table if not exists network_versions (
  name varchar(32) not null primary key,
  version bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

insert ignore into network_versions (name, version) values ('outlets', 1);
