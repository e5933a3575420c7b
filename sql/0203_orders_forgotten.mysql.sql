-- Up to which order persons were taken out of what is too old.
create table orders_forgotten (
  name varchar(16) not null,
  last_id char(32) not null,
  primary key (name)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
