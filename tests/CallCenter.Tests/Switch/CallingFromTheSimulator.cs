using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>Whoever has no SIP telephone calls the hotline from the simulator's page.</summary>
public sealed class CallingFromTheSimulator : TelephoneApp
{
    protected override IEnumerable<string> Settings => [string.Create(CultureInfo.InvariantCulture, $"CallCenter:Sip:Port={PeerProgram.FreePort()}")];

    [Fact]
    public async Task The_machine_is_heard_keys_lead_on_and_the_record_knows_the_caller()
    {
        var dialled = await Process.Http.PostAsJsonAsync("/simulator/calls", new { from = "13900009321" });
        dialled.StatusCode.ShouldBe(HttpStatusCode.Created, await dialled.Content.ReadAsStringAsync());
        var id = (await dialled.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        await Wait.Until(async () => State(await Call(id)) == "talking", "it is answered");
        await Wait.Until(async () => Loudest(await Process.Http.GetByteArrayAsync($"/simulator/calls/{id}/sound")) > 2000, "the machine speaks");
        (await Process.Http.PostAsJsonAsync($"/simulator/calls/{id}/keys", new { keys = "3" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Wait.Until(async () => await Visits("wish_menu") == 1, "key 3 leads to complaints and wishes");
        (await Process.Http.DeleteAsync($"/simulator/calls/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        State(await Call(id)).ShouldBe("ended");
        await Wait.Until(async () => (await Records()).Any(c => c.GetProperty("peerTail").GetString() == "9321"), "the records know who called");
    }

    [Fact]
    public async Task A_caller_who_shows_no_number_is_served_too()
    {
        var id = (await (await Process.Http.PostAsJsonAsync("/simulator/calls", new { from = "" })).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        await Wait.Until(async () => Loudest(await Process.Http.GetByteArrayAsync($"/simulator/calls/{id}/sound")) > 2000, "the machine speaks");
        (await Process.Http.DeleteAsync($"/simulator/calls/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private Task<JsonElement> Call(string? id) => Process.Http.GetFromJsonAsync<JsonElement>($"/simulator/calls/{id}");

    private async Task<long> Visits(string node) => (await Desk.Get(Supervisor, "/ivr/flows/main/editions/1/report")).GetProperty("items").EnumerateArray()
        .Where(n => n.GetProperty("node").GetString() == node).Sum(n => n.GetProperty("entered").GetInt64());

    private static string? State(JsonElement call) => call.GetProperty("state").GetString();

    private static int Loudest(byte[] samples)
    {
        var loudest = 0;
        for (var i = 0; i + 1 < samples.Length; i += 2) loudest = Math.Max(loudest, Math.Abs((int)BitConverter.ToInt16(samples, i)));
        return loudest;
    }
}
