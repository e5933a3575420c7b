create table if not exists network_outlets (
  code varchar(32) not null primary key,
  name varchar(100) not null,
  district_code varchar(12) not null,
  address varchar(300) not null,
  lat double not null check (lat between -90 and 90),
  lng double not null check (lng between -180 and 180),
  opening_hours varchar(100) not null,
  phone varchar(40) not null default '',
  services varchar(200) not null default '',
  max_weight_g bigint not null,
  index network_outlets_place (lat, lng),
  index network_outlets_district (district_code)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists network_lockers (
  code varchar(32) not null primary key,
  name varchar(100) not null,
  district_code varchar(12) not null,
  address varchar(300) not null,
  lat double not null check (lat between -90 and 90),
  lng double not null check (lng between -180 and 180),
  opening_hours varchar(100) not null,
  phone varchar(40) not null default '',
  cells_small int not null,
  cells_medium int not null,
  cells_large int not null,
  free_small int null,
  free_medium int null,
  free_large int null,
  index network_lockers_place (lat, lng),
  index network_lockers_district (district_code)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
