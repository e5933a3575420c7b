using Courier.Services.Customers;
using Courier.Services.Customers.Imports;

namespace Courier.Services.Tests.Customers;

/// <summary>The table of precedence, every origin with a newer, an older and an undated word.</summary>
public sealed class WhoseWordCounts
{
    private static readonly DateTimeOffset Known = new(2026, 11, 10, 0, 0, 0, TimeSpan.Zero);

    private static readonly ImportsOptions Options =
    [
        new ImportSource { Name = "asked", Folder = "a", Trust = 50 }, new ImportSource { Name = "weaker", Folder = "b", Trust = 20 },
        new ImportSource { Name = "equal", Folder = "c", Trust = 50 }, new ImportSource { Name = "stronger", Folder = "d", Trust = 90 },
    ];

    [Theory]
    [InlineData("customer", "", "Take", "Conflict", "Conflict")]
    [InlineData("agent", "", "Take", "Conflict", "Conflict")]
    [InlineData("wechat", "", "Take", "Conflict", "Conflict")]
    [InlineData("import", "asked", "Take", "Keep", "Take")]
    [InlineData("import", "weaker", "Take", "Take", "Take")]
    [InlineData("import", "equal", "Take", "Conflict", "Conflict")]
    [InlineData("import", "stronger", "Conflict", "Keep", "Keep")]
    [InlineData("import", "not configured any more", "Take", "Take", "Take")]
    public void By_who_said_it_and_when(string origin, string source, string newer, string older, string undated)
    {
        var known = new RecordedField { Field = CustomerField.Name, Value = "张三", Origin = Kernel.Data.EnumText<FieldOrigin>.Parse(origin), Source = source, At = Known };
        Of(known, Known.AddDays(1)).ToString().ShouldBe(newer);
        Of(known, Known.AddDays(-1)).ToString().ShouldBe(older);
        Of(known, null).ToString().ShouldBe(undated);
    }

    [Fact]
    public void Nothing_known_gives_way_the_same_word_is_the_same_and_one_that_was_put_right_is_no_news()
    {
        Of(null, null).ShouldBe(FieldVerdict.Take);
        var agent = new RecordedField { Field = CustomerField.Name, Value = "李四", Origin = FieldOrigin.Agent, Source = "", At = Known };
        Of(agent, Known.AddDays(-1)).ShouldBe(FieldVerdict.Same);
        Of(agent with { Value = "王五", ReplacedHash = "hash" }, Known.AddDays(9)).ShouldBe(FieldVerdict.Conflict);
    }

    private static FieldVerdict Of(RecordedField? known, DateTimeOffset? at) => FieldPrecedence.Of(known, "李四", "hash", at, Options[0], Options);
}
