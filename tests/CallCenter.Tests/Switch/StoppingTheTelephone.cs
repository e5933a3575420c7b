using System.Net.Http.Json;
using System.Text.Json;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>What becomes of calls when the process stops, dies or is told something wrong.</summary>
public sealed class StoppingTheTelephone
{
    [Fact]
    public async Task A_stop_lets_running_calls_end_and_sends_new_ones_elsewhere()
    {
        var telephone = new TelephoneApp();
        await telephone.InitializeAsync();
        try
        {
            using var running = telephone.Sipp("95300", new SippScenario().From("sip:13800138201@carrier.example").Invite().ExpectRinging().Expect(200).Ack().Pause(12_000).Bye().Expect(200));
            await Wait.Until(async () => (await telephone.Running()).Count == 1, "the call runs");
            var stopping = telephone.Process.Stop();
            await Wait.Until(async () =>
            {
                using var refused = telephone.Sipp("95300", new SippScenario().From("sip:13800138202@carrier.example").Invite().Expect(100, optional: true).Expect(503).Ack());
                return await refused.EndAsync() == 0;
            }, "a new call is refused", TimeSpan.FromSeconds(11));
            (await running.EndAsync()).ShouldBe(0, running.Said);
            (await stopping).ShouldBe(0);
        }
        finally
        {
            await telephone.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_killed_process_loses_its_calls_and_the_next_start_says_so()
    {
        var telephone = new TelephoneApp();
        await telephone.InitializeAsync();
        try
        {
            using var sipp = telephone.Sipp("95300", new SippScenario().From("sip:13800138203@carrier.example").Invite().ExpectRinging().Expect(200).Ack().Pause(20000));
            await Wait.Until(async () => (await Desk.Get(telephone.Supervisor, "/calls?phone=13800138203")).GetProperty("items").GetArrayLength() == 1, "the call is in the records");
            await telephone.Process.Kill();
            await telephone.Start();
            JsonElement call = default;
            await Wait.Until(async () =>
            {
                call = (await Desk.Get(telephone.Supervisor, "/calls?phone=13800138203")).GetProperty("items")[0];
                return call.GetProperty("endedAt").ValueKind == JsonValueKind.String;
            }, "the record is closed");
            call.GetProperty("result").GetString().ShouldBe("lost");
        }
        finally
        {
            await telephone.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_wrong_setting_stops_the_start_with_its_name()
    {
        var (code, output) = await CourierProcess.RunToEnd("--environment=Development", "--CallCenter:Sip:Port=99999", "--CallCenter:Outbound:Rules:0:Trunk=nobody", "--CallCenter:Outbound:Rules:0:Role=agent");
        code.ShouldBe(2);
        output.ShouldContain("CallCenter:Sip:Port must lie between 0 and 65535");
        output.ShouldContain("CallCenter:Outbound:Rules:0:Trunk must name one of Trunks that is Outbound");
    }
}
