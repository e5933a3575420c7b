-- Group customers. Who belongs to one is a person with a customer record of their own; version counts changes of the organisation and its persons.
create table if not exists customers_organisations (
  id char(32) character set ascii collate ascii_bin not null primary key,
  name varchar(60) not null,
  credit_code char(18) character set ascii collate ascii_bin not null unique,
  contract_number varchar(40) character set ascii collate ascii_bin not null,
  version bigint not null,
  created_at bigint not null,
  index customers_organisations_name (name),
  index customers_organisations_contract (contract_number)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists customers_members (
  id char(32) character set ascii collate ascii_bin not null primary key,
  organisation_id char(32) character set ascii collate ascii_bin not null,
  customer_id char(32) character set ascii collate ascii_bin not null,
  role varchar(8) character set ascii collate ascii_bin not null check (role in ('owner', 'sender', 'viewer')),
  joined_at bigint not null,
  unique (organisation_id, customer_id),
  index customers_members_customer (customer_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Only who proved the number can accept; the number itself is not kept.
create table if not exists customers_invites (
  id char(32) character set ascii collate ascii_bin not null primary key,
  organisation_id char(32) character set ascii collate ascii_bin not null,
  phone_hash char(64) character set ascii collate ascii_bin not null,
  phone_tail char(4) character set ascii collate ascii_bin not null,
  role varchar(8) character set ascii collate ascii_bin not null check (role in ('owner', 'sender', 'viewer')),
  created_at bigint not null,
  expires_at bigint not null,
  unique (organisation_id, phone_hash),
  index customers_invites_phone (phone_hash),
  index customers_invites_expired (expires_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
