using Courier.CallCenter.Switch;
using Courier.CallCenter.Trunks;
using Courier.Kernel;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>Nothing goes out without a rule.</summary>
public sealed class CallingOut
{
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData("13800138000", "agent", "cheap,spare")]
    [InlineData("02160001000", "agent", "city")]
    [InlineData("02160001000", "supervisor", "")]
    [InlineData("008521234567", "agent", "")]
    [InlineData("008521234567", "supervisor", "far")]
    [InlineData("13800138000", "operator", "")]
    [InlineData("138;00", "agent", "")]
    [InlineData("", "agent", "")]
    public void The_longest_prefix_of_the_callers_role_decides(string number, string role, string trunks)
    {
        var rules = Rules();
        if (trunks.Length == 0) Should.Throw<RuleBroken>(() => rules.Route(number, [role])).Code.ShouldBe("calls.not_allowed");
        else rules.Route(number, [role]).Select(t => t.Name).ShouldBe(trunks.Split(','));
    }

    [Fact]
    public void A_rule_lets_so_many_through_in_a_minute_and_then_the_next_one_until_all_are_spent()
    {
        var rules = Rules();
        for (var i = 0; i < 2; i++) rules.Route("13800138000", ["agent"]).Count.ShouldBe(2);
        rules.Route("13800138000", ["agent"]).ShouldHaveSingleItem().Name.ShouldBe("spare");
        Should.Throw<RuleBroken>(() => rules.Route("13800138000", ["agent"])).Code.ShouldBe("calls.too_many");
        _clock.Advance(TimeSpan.FromSeconds(61));
        rules.Route("13800138000", ["agent"]).Count.ShouldBe(2);
    }

    [Fact]
    public void Wrong_settings_are_named()
    {
        var options = new CallCenterOptions
        {
            Sip = new() { Port = 70000, Transports = "UDP,SCTP", Domain = "" }, Rtp = new() { FirstPort = 20001, LastPort = 20002 },
            Trunks = [new() { Name = "a", Host = "" }], Hotlines = [new() { Number = "12a", Flow = "" }], Outbound = new() { Rules = [new() { Prefix = "1x", Trunk = "b", Role = "king", PerMinute = 0 }] },
        };
        string[] named = ["Sip:Port", "Sip:Transports", "Sip:Domain", "Rtp:FirstPort", "Rtp:LastPort", "Trunks:0:Host", "Hotlines:0:Number", "Hotlines:0:Flow",
            "Outbound:Rules:0:Prefix", "Outbound:Rules:0:Trunk", "Outbound:Rules:0:Role", "Outbound:Rules:0:PerMinute"];
        var problems = options.Problems().ToList();
        foreach (var name in named) problems.ShouldContain(p => p.StartsWith(name, StringComparison.Ordinal), name);
        new CallCenterOptions().Problems().ShouldBeEmpty();
    }

    private OutboundRules Rules() => new(new CallCenterOptions
    {
        Trunks = [.. new[] { "cheap", "spare", "city", "far" }.Select(n => new TrunkOptions { Name = n, Host = "192.0.2.1", Outbound = true })],
        Outbound = new()
        {
            Rules =
            [
                new() { Prefix = "1", Trunk = "cheap", Role = "Agent", PerMinute = 2 }, new() { Prefix = "1", Trunk = "spare", Role = "Agent", PerMinute = 1 },
                new() { Prefix = "0", Trunk = "cheap", Role = "Agent" }, new() { Prefix = "021", Trunk = "city", Role = "Agent" }, new() { Prefix = "00", Trunk = "far", Role = "Supervisor" },
                new() { Prefix = "0085", Trunk = "far", Role = "Supervisor" },
            ],
        },
    }, _clock);
}
