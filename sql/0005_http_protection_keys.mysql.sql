create table if not exists http_protection_keys (
  id char(32) character set ascii collate ascii_bin not null primary key,
  name varchar(200) not null,
  xml_cipher mediumtext not null,
  created_at bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
