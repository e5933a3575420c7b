create table network_outlets (
  code text not null primary key,
  name text not null,
  district_code text not null,
  address text not null,
  lat real not null check (lat between -90 and 90),
  lng real not null check (lng between -180 and 180),
  opening_hours text not null,
  phone text not null default '',
  services text not null default '',
  max_weight_g integer not null
) strict, without rowid;

create index network_outlets_place on network_outlets (lat, lng);
create index network_outlets_district on network_outlets (district_code);

create table network_lockers (
  code text not null primary key,
  name text not null,
  district_code text not null,
  address text not null,
  lat real not null check (lat between -90 and 90),
  lng real not null check (lng between -180 and 180),
  opening_hours text not null,
  phone text not null default '',
  cells_small integer not null,
  cells_medium integer not null,
  cells_large integer not null,
  free_small integer,
  free_medium integer,
  free_large integer
) strict, without rowid;

create index network_lockers_place on network_lockers (lat, lng);
create index network_lockers_district on network_lockers (district_code);
