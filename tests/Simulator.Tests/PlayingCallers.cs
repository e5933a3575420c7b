using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Courier.Simulator.Tests.Kit;

namespace Courier.Simulator.Tests;

/// <summary>The line of the simulated carrier, with SIPp (Debian's sip-tester) as the hotline.</summary>
public sealed class PlayingCallers
{
    [Fact]
    public async Task A_call_is_answered_heard_pressed_into_and_hung_up()
    {
        var port = PeerProgram.FreePort();
        using var hotline = PeerProgram.Start("sipp", PeerProgram.NewDirectory(), "-sn", "uas", "-i", "127.0.0.1", "-mi", "127.0.0.1", "-mp", PeerProgram.FreePort().ToString(CultureInfo.InvariantCulture),
            "-p", port.ToString(CultureInfo.InvariantCulture), "-m", "1", "-rtp_echo", "-nostdin", "-timeout", "40", "-timeout_error");
        await using var app = await WorldApp.Start(options => options.Hotline = () => ("95300", port));

        var id = (await app.Posted("/calls", new { from = "13800000001" }))["id"]!.GetValue<string>();
        await Wait.Until(async () => State(await Call(app, id)) == "talking", "it is answered");
        (await app.Posted($"/calls/{id}/keys", new { keys = "1*#" }))["state"]!.GetValue<string>().ShouldBe("talking");
        await Wait.Until(async () => (await Call(app, id))["heardSamples"]!.GetValue<int>() > 4000, "half a second of the own silence comes back");
        (await app.Http.GetByteArrayAsync($"/simulator/calls/{id}/sound?from=1000")).Length.ShouldBeGreaterThan(2 * 3000);
        (await app.Http.GetByteArrayAsync($"/simulator/calls/{id}/sound.wav")).AsSpan(0, 4).SequenceEqual("RIFF"u8).ShouldBeTrue();
        (await app.Http.DeleteAsync($"/simulator/calls/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await hotline.EndAsync()).ShouldBe(0, hotline.Said); // it heard BYE
        var over = await Call(app, id);
        State(over).ShouldBe("ended");
        over["why"]!.GetValue<string>().ShouldBe("顾客挂断");
        (await app.Post($"/calls/{id}/keys", new { keys = "1" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Where_nobody_answers_the_call_is_given_up_after_half_a_minute()
    {
        var clock = new FakeClock();
        var nobody = PeerProgram.FreePort();
        await using var app = await WorldApp.Start(options => (options.Hotline, options.Plays) = (() => ("95300", nobody), false), clock);
        var id = (await app.Posted("/calls", new { from = "" }))["id"]!.GetValue<string>();
        JsonNode? call = null;
        await Wait.Until(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return State(call = await Call(app, id)) == "ended";
        }, "it is given up");
        call!["why"]!.GetValue<string>().ShouldBe("没有人接");
    }

    [Fact]
    public async Task Without_a_hotline_and_with_wrong_numbers_the_reason_is_told()
    {
        await using var app = await WorldApp.Start();
        (await app.Post("/calls", new { from = "13800000001" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await app.Post("/calls", new { from = "sip:evil" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await app.Post("/calls/none/keys", new { keys = "1" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    static Task<JsonNode> Call(WorldApp app, string id) => app.Get($"/calls/{id}");

    static string State(JsonNode call) => call["state"]!.GetValue<string>();
}
