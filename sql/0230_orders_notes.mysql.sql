-- Reasons and notes are words of people: they lie encrypted like all else that names somebody. What lay in clear before is taken away.
update orders_history set note = '';
alter table orders_history change column note note_cipher varchar(1400) character set ascii collate ascii_bin not null;
