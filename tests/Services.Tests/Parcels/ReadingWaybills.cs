using Courier.Kernel;
using Courier.Services.Parcels;

namespace Courier.Services.Tests.Parcels;

/// <summary>Which numbers stand in a text. Own numbers: prefix CY, 12 digits, Luhn digit.</summary>
public sealed class ReadingWaybills
{
    private static readonly ParcelsOptions Options = new();
    private static readonly string Own = Numbers.Own(202611220001).Text;      // CY2026112200016 or alike
    private static readonly string Other = Numbers.Own(202611220002).Text;

    [Theory]
    [InlineData("{0}")]
    [InlineData("  {0}  ")]
    [InlineData("单号：{0}")]
    [InlineData("运单号:{0}")]
    [InlineData("查一下{0}")]
    [InlineData("{0}到哪了？")]
    [InlineData("请问我的快递{0}到哪里了")]
    [InlineData("CODE_128,{0}")]
    [InlineData("https://example.com/t?no={0}")]
    [InlineData("https://example.com/{0}?from=label&x=1")]
    [InlineData("【{0}】")]
    public void Our_own_number_is_found_alone(string pattern)
    {
        var reading = ReadWaybills.In(string.Format(pattern, Own), Options);
        var candidate = reading.Candidates.ShouldHaveSingleItem();
        candidate.Number.Text.ShouldBe(Own);
        candidate.Own.ShouldBeTrue();
        candidate.CheckDigitWrong.ShouldBeFalse();
        reading.OnlyNumbers.ShouldBeTrue();
        reading.PhoneTail.ShouldBeNull();
    }

    [Fact]
    public void Full_width_lower_case_and_grouped_forms_are_the_same_number()
    {
        var digits = Own[2..];
        var wide = string.Concat(Own.Select(c => (char)(c - '!' + '！')));
        string[] forms =
        [
            wide, Own.ToLowerInvariant(), $"CY {digits}", $"CY {digits[..4]} {digits[4..8]} {digits[8..]}", $"cy{digits[..4]} {digits[4..8]} {digits[8..12]} {digits[12..]}",
            $"CY-{digits[..6]}-{digits[6..]}", $"ＣＹ　{digits}",
        ];
        foreach (var form in forms) ReadWaybills.In(form, Options).Candidates.ShouldHaveSingleItem(form).ShouldBe(new WaybillCandidate(WaybillNumber.Parse(Own), true, false, []), form);
    }

    [Fact]
    public void Only_our_own_number_with_its_check_digit_may_be_all_of_a_text()
    {
        var wide = string.Concat(Own.Select(c => (char)(c - '!' + '！')));
        foreach (var alone in (string[])[Own, $"  {Own}\n", Own.ToLowerInvariant(), wide]) ReadWaybills.OnlyOurs(alone, Options).ShouldBe(WaybillNumber.Parse(Own), alone);
        var mistyped = Own[..^1] + (char)('0' + (Own[^1] - '0' + 1) % 10);
        foreach (var other in (string[])["", "1", mistyped, $"{Own} 6789", $"{Own}{Other}", $"查{Own}", $"分享 {Own}", Own[2..], Own[..^1], "YT7000000000001", new string(' ', 100) + Own])
            ReadWaybills.OnlyOurs(other, Options).ShouldBeNull(other);
    }

    [Fact]
    public void Every_single_wrong_digit_of_our_own_number_is_seen_as_mistyped()
    {
        for (var at = 2; at < Own.Length; at++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                if (Own[at] == digit) continue;
                var mistyped = ReadWaybills.In($"单号{Own[..at]}{digit}{Own[(at + 1)..]}", Options).Candidates.ShouldHaveSingleItem();
                mistyped.Own.ShouldBeFalse();
                mistyped.CheckDigitWrong.ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void One_digit_too_few_or_too_many_is_mistyped_too()
    {
        ReadWaybills.In(Own[..^1], Options).Candidates.ShouldHaveSingleItem().CheckDigitWrong.ShouldBeTrue();
        ReadWaybills.In(Own + "3", Options).Candidates.ShouldHaveSingleItem().CheckDigitWrong.ShouldBeTrue();
    }

    [Theory]
    [InlineData("SF1234567890123", "shunfeng")]
    [InlineData("sf 1234 5678 90123", "shunfeng")]
    [InlineData("731234567890", "zhongtong")]
    [InlineData("7312 3456 7890", "zhongtong")]
    [InlineData("YT1234567890123", "yuantong")]
    [InlineData("YT123456789012345", "yuantong")]
    [InlineData("773123456789012", "shentong")]
    [InlineData("311234567890123", "yunda")]
    [InlineData("JT1234567890123", "jtexpress")]
    [InlineData("JDVA12345678901", "jd")]
    [InlineData("JDX123456789012-1-1-", "jd")]
    [InlineData("DPK123456789012", "debangkuaidi")]
    [InlineData("LP12345678901234", "danniao")]
    [InlineData("RA123456785CN", "ems")]
    public void Another_carriers_number_is_guessed_best_first(string text, string carrier)
    {
        var candidate = ReadWaybills.In(text, Options).Candidates.ShouldHaveSingleItem();
        candidate.Own.ShouldBeFalse();
        candidate.Guesses[0].Code.ShouldBe(carrier);
    }

    [Fact]
    public void A_number_with_several_possible_carriers_keeps_all_of_them()
    {
        var guesses = ReadWaybills.In("1112345678901", Options).Candidates.ShouldHaveSingleItem().Guesses;
        guesses.Select(g => g.Code).ShouldBe(["ems", "yunda"]);
    }

    [Theory]
    [InlineData("RA473124829CN", false)]
    [InlineData("RA473124828CN", true)]
    [InlineData("EE000000005CN", false)]
    [InlineData("EE000000006CN", true)]
    public void The_check_digit_of_an_international_number_is_looked_at(string number, bool wrong) =>
        ReadWaybills.In(number, Options).Candidates.ShouldHaveSingleItem().CheckDigitWrong.ShouldBe(wrong);

    [Theory]
    [InlineData("13812345678")]
    [InlineData("我的电话是13812345678")]
    [InlineData("+86 138 1234 5678")]
    [InlineData("8613812345678")]
    [InlineData("0571-87654321")]
    [InlineData("400-123-4567")]
    [InlineData("4001234567")]
    [InlineData("2026-11-22 10:30")]
    [InlineData("2026-11-22")]
    [InlineData("人工")]
    [InlineData("1")]
    [InlineData("1234")]
    [InlineData("你好")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("取件码 24-4-3882")]
    [InlineData("WeChat")]
    [InlineData("能寄充电宝吗，20000毫安")]
    [InlineData("付了 99.50 元，2 件")]
    public void What_is_no_number_is_none(string text) => ReadWaybills.In(text, Options).Candidates.ShouldBeEmpty();

    [Fact]
    public void A_phone_beside_a_number_is_left_out()
    {
        var reading = ReadWaybills.In($"{Own} 13812345678", Options);
        reading.Candidates.ShouldHaveSingleItem().Number.Text.ShouldBe(Own);
        reading.OnlyNumbers.ShouldBeFalse();
    }

    [Theory]
    [InlineData("{0} 1234")]
    [InlineData("{0}，尾号1234")]
    [InlineData("单号{0} 手机后四位：1234")]
    public void Four_digits_beside_a_number_are_a_phone_tail(string pattern)
    {
        var reading = ReadWaybills.In(string.Format(pattern, Own), Options);
        reading.Candidates.ShouldHaveSingleItem().Number.Text.ShouldBe(Own);
        reading.PhoneTail.ShouldBe("1234");
        reading.OnlyNumbers.ShouldBeTrue();
    }

    [Fact]
    public void A_tail_beside_another_carriers_number_is_no_part_of_it()
    {
        var reading = ReadWaybills.In("SF1234567890123 6789", Options);
        reading.Candidates.ShouldHaveSingleItem().Number.Text.ShouldBe("SF1234567890123");
        reading.PhoneTail.ShouldBe("6789");
    }

    [Fact]
    public void Several_numbers_are_found_once_each_our_own_first_and_at_most_fifteen()
    {
        var reading = ReadWaybills.In($"SF1234567890123、{Own},\n{Other}；{Own}", Options);
        reading.Candidates.Select(c => c.Number.Text).ShouldBe([Own, Other, "SF1234567890123"]);
        reading.OnlyNumbers.ShouldBeTrue();
        var many = string.Join(' ', Enumerable.Range(1, 30).Select(i => Numbers.Own(i).Text));
        ReadWaybills.In(many, Options).Candidates.Count.ShouldBe(15);
        ReadWaybills.In(many, Options).LeftOut.ShouldBe(15);
        reading.LeftOut.ShouldBe(0);
    }

    [Fact]
    public void A_number_inside_a_sentence_is_found_but_the_text_is_not_only_numbers()
    {
        var reading = ReadWaybills.In($"我上周寄的{Own}一直没有更新，是不是丢了？", Options);
        reading.Candidates.ShouldHaveSingleItem().Own.ShouldBeTrue();
        reading.OnlyNumbers.ShouldBeFalse();
    }

    [Theory]
    [InlineData("HZ-2026-000123")]
    [InlineData("TEST001")]
    [InlineData("X1Y2Z3")]
    [InlineData("123456")]
    public void A_message_that_is_nothing_but_one_word_may_be_a_number_of_any_form(string word)
    {
        var reading = ReadWaybills.In(word, Options);
        reading.Candidates.ShouldHaveSingleItem().Number.Text.ShouldBe(word);
        reading.OnlyNumbers.ShouldBeTrue();
    }

    [Fact]
    public void Our_prefix_inside_another_word_is_not_ours() =>
        ReadWaybills.In($"X{Own}", Options).Candidates.ShouldHaveSingleItem().Own.ShouldBeFalse();

    [Fact]
    public void Another_prefix_can_be_configured()
    {
        var number = "HZX" + Own[2..];
        ReadWaybills.In(number, new ParcelsOptions { WaybillPrefix = "HZX" }).Candidates.ShouldHaveSingleItem().Own.ShouldBeTrue();
        new ParcelsOptions { WaybillPrefix = "c1" }.Problems().ShouldHaveSingleItem().ShouldContain("WaybillPrefix");
    }

    [Fact]
    public void Any_text_is_read_without_an_error()
    {
        var random = new Random(7);
        const string alphabet = "CYSFJD0123456789 -_,:：，单号查-－０９ＣＹ\n\t\ud83d\ude00/?=&.httpsHTTP";
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Create(random.Next(0, 60), random, static (span, r) =>
            {
                for (var i = 0; i < span.Length; i++) span[i] = alphabet[r.Next(alphabet.Length)];
            });
            ReadWaybills.In(text, Options).Candidates.Count.ShouldBeLessThanOrEqualTo(15);
        }
    }

    [Fact]
    public void A_very_long_text_is_read_to_its_limit() =>
        ReadWaybills.In(Own + new string('7', 500_000) + Other, Options).Candidates.Count.ShouldBeLessThanOrEqualTo(1);

    [Theory]
    [InlineData("7992739871", '3')]
    [InlineData("0", '0')]
    [InlineData("000000000001", '8')]
    public void The_Luhn_digit_is_the_known_one(string digits, char check) => CheckDigits.Luhn(digits).ShouldBe(check);
}
