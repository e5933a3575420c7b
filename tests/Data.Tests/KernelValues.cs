using System.Security.Cryptography;
using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Testing;

namespace Courier.Data.Tests;

/// <summary>The small value types that everything else is made of.</summary>
public sealed class KernelValues
{
    [Theory]
    [InlineData("13812345678", "13812345678", "138****5678")]
    [InlineData("+86 138 1234 5678", "13812345678", "138****5678")]
    [InlineData("0086-13812345678", "13812345678", "138****5678")]
    [InlineData("１３８１２３４５６７８", "13812345678", "138****5678")]
    [InlineData("(0571)8765-4321", "057187654321", "057****4321")]
    [InlineData("021-12345678", "02112345678", "021****5678")]
    [InlineData("400 123 4567", "4001234567", "400****4567")]
    public void A_phone_is_read_in_every_usual_form_and_prints_masked(string text, string digits, string masked)
    {
        Phone.TryParse(text, out var phone).ShouldBeTrue();
        phone.Text.ShouldBe(digits);
        phone.ToString().ShouldBe(masked);
        $"{phone}".ShouldNotContain(digits);
        phone.Tail.ShouldBe(digits[^4..]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("12812345678")]
    [InlineData("1381234567")]
    [InlineData("138****5678")]
    [InlineData("CY1234567890123")]
    [InlineData("138123456789")]
    [InlineData(null)]
    public void What_is_no_phone_is_refused(string? text) => Phone.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("张", "张")]
    [InlineData("张三", "张*")]
    [InlineData("张小明", "张*明")]
    [InlineData("欧阳小明", "欧**明")]
    [InlineData("𠮷田", "𠮷*")]
    [InlineData("", "")]
    public void A_name_keeps_its_ends(string name, string masked) => Masking.Name(name).ShouldBe(masked);

    [Theory]
    [InlineData("派件人：王五，电话13812345678，请保持畅通", "派件人：王五，电话138****5678，请保持畅通")]
    [InlineData("网点电话0571-87654321", "网点电话057****4321")]
    [InlineData("138 1234 5678", "138****5678")]
    [InlineData("请致电+8613812345678", "请致电+86****5678")]
    [InlineData("请致电+86 138-1234-5678。", "请致电+86****5678。")]
    [InlineData("008613812345678", "008****5678")]
    [InlineData("运单号CY1381234567890不是电话", "运单号CY1381234567890不是电话")]
    [InlineData("订单2026112213812345678901", "订单2026112213812345678901")]
    public void Phones_inside_a_sentence_are_masked_and_longer_numbers_stay(string text, string masked) => Masking.PhonesIn(text).ShouldBe(masked);

    [Fact]
    public void Addresses_end_at_the_district() => Masking.Address("上海市", "上海市", "浦东新区").ShouldBe("上海市浦东新区****");

    [Theory]
    [InlineData(1005, 5000, 503)]
    [InlineData(-1005, 5000, -503)]
    [InlineData(100, 50, 1)]
    [InlineData(99, 50, 0)]
    public void Shares_round_half_away_from_zero(long fen, long tenThousandths, long share) => new Money(fen).Share(tenThousandths).ShouldBe(new Money(share));

    [Fact]
    public void Money_adds_compares_and_prints()
    {
        (new Money(1250) + new Money(50) - Money.Zero).ShouldBe(new Money(1300));
        (new Money(3) * 3).ShouldBe(new Money(9));
        (new Money(1) < new Money(2)).ShouldBeTrue();
        Money.FromYuan(12.345m).ShouldBe(new Money(1235));
        new Money(1250).ToString().ShouldBe("12.50元");
        Should.Throw<OverflowException>(() => new Money(long.MaxValue) + new Money(1));
    }

    [Fact]
    public void Csv_reads_quotes_commas_and_line_breaks_and_refuses_ragged_rows()
    {
        var rows = Csv.Read(new StringReader("﻿a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n\r\n2,w")).ToList();
        rows.Count.ShouldBe(2);
        rows[0]["b"].ShouldBe("x, \"y\"\nz");
        rows[1]["a"].ShouldBe("2");
        Should.Throw<FormatException>(() => Csv.Read(new StringReader("a,b\n1\n")).ToList());
    }

    [Theory]
    [InlineData("a,\"b\nc,d\ne,f\n", "a|b!,c|d,e|f")]
    [InlineData("a,\"b\"x,c\nd,e", "a|b!,d|e")]
    [InlineData("\"a\nb\",c\n\nd\n", "a\nb|c,,d")]
    [InlineData("a\"b,c\"\"\r\n\"\"\"\",\n", "a\"b|c\"\",\"|")]
    [InlineData("\"a\n\"b\n\"c\"\n", "a!,b!,c")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nb\n\"cccccccc\ncccccccccccccc\ncccccc\nd", "!,b,cccccccc!,cccccccccccccc,cccccc,d")]
    public void Csv_goes_on_after_a_line_whose_quotes_do_not_match_or_that_is_too_long(string text, string records) =>
        string.Join(',', Csv.Records(new StringReader(text), longest: 20).Select(r => string.Join('|', r.Fields) + (r.IsWhole ? "" : "!"))).ShouldBe(records);

    [Fact]
    public void Personal_data_is_sealed_found_by_its_hash_and_survives_a_new_key()
    {
        var before = new DataKeys(["the first secret of the test"]);
        var after = new DataKeys(["the first secret of the test", "the second secret of the test"]);
        var old = before.Encrypt("张三");
        old.ShouldNotBe(before.Encrypt("张三"));
        after.Decrypt(old).ShouldBe("张三");
        after.Decrypt(after.Encrypt("李四")).ShouldBe("李四");
        after.Hash("x").ShouldBe(before.Hash("x"));
        var changed = Convert.FromBase64String(old);
        changed[^1] ^= 1;
        Should.Throw<CryptographicException>(() => before.Decrypt(Convert.ToBase64String(changed)));
        Should.Throw<CryptographicException>(() => before.Decrypt(after.Encrypt("x")));
        Should.Throw<WrongConfiguration>(() => new DataKeys([]));
        Should.Throw<WrongConfiguration>(() => new DataKeys(["short"]));
    }

    [Fact]
    public void Ids_are_32_hex_characters_and_sort_by_time()
    {
        var clock = new FakeClock();
        var first = Ids.New(clock);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = Ids.New(clock);
        first.ShouldMatch("^[0-9a-f]{32}$");
        string.CompareOrdinal(first, second).ShouldBeLessThan(0);
    }

    [Fact]
    public void Value_types_travel_as_json_text_and_wrong_text_is_refused()
    {
        JsonSerializer.Serialize(Phone.Parse("13812345678"), KernelJson.Options).ShouldBe("\"13812345678\"");
        JsonSerializer.Deserialize<Phone>("\"138 1234 5678\"", KernelJson.Options).Text.ShouldBe("13812345678");
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Phone>("\"x\"", KernelJson.Options));
    }

    [Fact]
    public void Database_options_name_what_is_wrong()
    {
        new DatabaseOptions().Problems().ShouldBeEmpty();
        new DatabaseOptions { Provider = DatabaseProvider.MySql }.Problems().ShouldHaveSingleItem().ShouldContain("ConnectionString");
        new DatabaseOptions { CommandTimeout = TimeSpan.Zero }.Problems().ShouldHaveSingleItem().ShouldContain("CommandTimeout");
        new DatabaseOptions { MaxConnections = 1 }.Problems().ShouldHaveSingleItem().ShouldContain("MaxConnections");
    }
}
