using Courier.CallCenter.Agents;
using Courier.CallCenter.Switch;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>Agents say by dialling whether calls may come.</summary>
[Collection(SwitchboardTests.Name)]
public sealed class DiallingCodes(Switchboard office)
{
    [Fact]
    public async Task The_work_after_a_call_is_ended_calls_are_not_wanted_and_wanted_again()
    {
        office.Ready("agent1002");
        using var customer = office.ACustomer("13800138351");
        var call = await office.Reaches("13800138351", CallState.Talking);
        call.Post(c => c.End());
        (await customer.EndAsync()).ShouldBe(0, customer.Said);
        await Wait.Until(() => office.StateOf("agent1002") == AgentState.WrapUp, "the work after the call begins");
        await Wait.Until(() => office.App.Get<Calls>().Count == 0, "the call is over");

        await Dials("*13", AgentState.Ready);
        await Dials("*12", AgentState.NotReady);
        office.Board.Find(office.Board.Find("agent1002")!.Value)!.Reason.ShouldBe(NotReadyReason.Break);
        await Dials("*11", AgentState.Ready);
    }

    // In steps so small that the work after the call does not end by itself meanwhile.
    private async Task Dials(string code, AgentState then)
    {
        await office.Phones[1].Dial($"sip:{code}@{office.Address}");
        await Wait.Until(() => office.App.Get<Calls>().Count == 1, code + " is dialled");
        await office.Pass(() => office.App.Get<Calls>().Count == 0, code + " is confirmed by a tone", step: 0.02);
        await Wait.Until(() => office.StateOf("agent1002") == then, $"{code} makes {then}");
    }
}
