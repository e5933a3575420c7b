using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>Callers who wait, and nobody answers.</summary>
public sealed class WaitingInVain(TelephoneApp telephone) : IClassFixture<TelephoneApp>
{
    [Fact]
    public async Task A_caller_who_hangs_up_while_the_agent_rings_has_abandoned_and_the_ringing_is_cancelled()
    {
        await using var silent = await telephone.AnAgent("agent1003", "demo-1003", hertz: 500, answers: false);
        await using var caller = await Baresip.Outside("13800138102");
        await caller.Dial("sip:95300@" + telephone.Address);
        await telephone.Reaches("in_flow");
        await caller.Press('0');
        var call = await telephone.Reaches("queued");
        await Wait.Until(async () => (await telephone.Running()).Exists(c => TelephoneApp.Phones(c).Contains("agent1003")), "the agent's telephone rings");
        await caller.HangUp();
        var record = await telephone.Record(call);
        record.GetProperty("call").GetProperty("result").GetString().ShouldBe("abandoned");
        record.GetProperty("legs").EnumerateArray().Single(l => l.GetProperty("role").GetString() == "agent").GetProperty("outcome").GetString().ShouldBe("cancelled_here");
    }
}
