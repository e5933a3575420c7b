-- The kind of goods that products may exclude, whatever the sender files them under.
alter table knowledge_goods add column kind varchar(20) not null default '';

update knowledge_goods set kind = 'battery' where name in ('充电宝', '锂电池', '干电池', '平衡车', '电子烟');
update knowledge_goods set kind = 'liquid' where name in ('酒', '香水', '花露水', '液体化妆品', '洗发水', '卸妆水', '饮料', '食用油', '酱油', '蜂蜜', '医用口服液');
update knowledge_goods set kind = 'powder' where name in ('粉末');
update knowledge_goods set kind = 'magnetic' where name in ('磁铁');

update knowledge_versions set version = version + 1 where name = 'goods';
