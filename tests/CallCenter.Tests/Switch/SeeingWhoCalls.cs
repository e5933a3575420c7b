using System.Text.Json;
using Courier.CallCenter.Switch;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>An agent's page says with whom the agent speaks.</summary>
[Collection(SwitchboardTests.Name)]
public sealed class SeeingWhoCalls(Switchboard office)
{
    [Fact]
    public async Task A_caller_nobody_knows_is_four_digits_a_colleague_is_a_name_and_after_the_call_there_is_nobody()
    {
        office.Ready("agent1001");
        using var first = await office.SignedIn("agent1001");
        using var second = await office.SignedIn("agent1002");
        (await Other(first)).ShouldBeNull();
        using var customer = office.ACustomer("13800138361");
        var call = await office.Reaches("13800138361", CallState.Talking);
        (await Other(first)).ShouldBe("inbound 8361  ");
        (await Other(second)).ShouldBeNull();
        call.Post(c => c.End());
        (await customer.EndAsync()).ShouldBe(0, customer.Said);
        await office.Record(call.Id);
        await Wait.Until(async () => await Other(first) is null, "nobody is shown any more");

        office.Ready("agent1001", "agent1002");
        await office.Phones[0].Dial($"sip:1002@{office.Address}");
        await Wait.Until(async () => await Other(first) is { } other && other.StartsWith("internal", StringComparison.Ordinal) && await Other(second) is not null, "both see each other");
        (await Other(first), await Other(second)).ShouldBe(($"internal  {await NameOf(second)} ", $"internal  {await NameOf(first)} "));
        await office.Phones[0].HangUp();
        await Wait.Until(() => office.App.Get<Calls>().Count == 0, "the call is over");
    }

    private static async Task<string?> Other(HttpClient agent) => (await Desk.Get(agent, "/live/me")).TryGetProperty("other", out var other) && other.ValueKind == JsonValueKind.Object
        ? $"{other.GetProperty("direction").GetString()} {other.GetProperty("tail").GetString()} {other.GetProperty("name").GetString()} {(other.TryGetProperty("customer", out var customer) ? customer.GetString() : "")}"
        : null;

    private static async Task<string?> NameOf(HttpClient agent) => (await Desk.Get(agent, "/live/me")).GetProperty("agent").GetProperty("name").GetString();
}
