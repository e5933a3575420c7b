using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>From the hotline through the queue to agents, with baresip, which others have written, as everybody's telephone. What is heard is compared, not believed.</summary>
public sealed class TalkingWithAnAgent(SoundingTelephone telephone) : IClassFixture<SoundingTelephone>
{
    private const string Number = "13800138101", Payer = "13800138102";
    private const int Caller = 700, First = 500, Second = 900, Secret = 1300;

    [Fact]
    public async Task A_caller_hears_of_the_own_parcel_waits_speaks_is_held_and_transferred_and_everything_is_on_record()
    {
        var (parcel, _) = await telephone.KnowsAParcelOf(Number);
        await using var first = await Baresip.Registered("agent1001", "demo-1001", telephone.Address, First);
        await using var second = await Baresip.Registered("agent1002", "demo-1002", telephone.Address, Second);
        await using var caller = await Baresip.Outside(Number, Caller);
        using var agent = await telephone.SignedIn("agent1001");
        using var colleague = await telephone.SignedIn("agent1002");
        string[] before = ["您好，为了提高服务质量，您的通话可能会被录音。", "您好，欢迎致电快递服务热线。", parcel];
        var spoken = await Task.WhenAll(before.Select(telephone.Speech));

        await caller.Dial("sip:95300@" + telephone.Address);
        var call = await telephone.Reaches("in_flow");
        await Wait.Until(() => caller.Heard.Length > spoken.Sum(s => s.Length) + 14_000, "the menu has begun");
        await caller.Press('0');
        await Listening.Music(() => caller.Heard, "who waits");
        await IsReady(agent);
        await Both(caller, first, First);
        await IsSeen(agent);

        await Command(agent, call, "hold");
        await Command(agent, call, "hold"); // asking twice does it once
        await Listening.Music(() => caller.Heard, "who is held");
        await Listening.Silence(() => first.Heard, "who holds");
        await Command(agent, call, "resume");
        await Both(caller, first, First);

        await IsReady(colleague);
        (await agent.PostAsJsonAsync($"/api/desk/v1/live/calls/{call}/transfer", new { target = "1002" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Both(caller, second, Second);
        await caller.HangUp();

        var record = await telephone.Record(call);
        IsWhole(record);
        await HasHeard(caller, spoken);
        Listening.Talks(first.Heard, Caller, First, Second).ShouldBe([Caller, Caller]);
        Listening.Talks(second.Heard, Caller, First, Second).ShouldBe([Caller]);
        await IsRecorded(record);
    }

    [Fact]
    public async Task A_telephone_with_one_line_is_free_of_the_code_that_makes_ready_before_it_takes_who_waits()
    {
        await using var phone = await Baresip.Registered("agent1004", "demo-1004", telephone.Address, First, lines: 1);
        await using var caller = await RawCaller.Calls("13800138103", telephone.Port);
        caller.Voice.Press("0");
        await Listening.Music(() => caller.Voice.Heard, "who waits");
        await phone.Dial("sip:*11@" + telephone.Address);
        await Listening.Tone(() => caller.Voice.Heard, First, "the caller");
        // No call of another test is to ring a telephone that is gone.
        using var agent = await telephone.SignedIn("agent1004");
        (await agent.PostAsJsonAsync("/api/desk/v1/live/me/not-ready", new { reason = "break" })).IsSuccessStatusCode.ShouldBeTrue();
        await phone.HangUp();
    }

    [Fact]
    public async Task What_is_said_while_the_recording_pauses_stays_out_of_it_and_keys_of_the_talk_are_no_score()
    {
        await using var phone = await Baresip.Registered("agent1003", "demo-1003", telephone.Address, First);
        using var agent = await telephone.SignedIn("agent1003");
        await using var caller = await RawCaller.Calls(Payer, telephone.Port);
        caller.Voice.Press("0");
        await Listening.Music(() => caller.Voice.Heard, "who waits");
        await IsReady(agent);
        await Listening.Tone(() => caller.Voice.Heard, First, "the caller");

        var call = (await telephone.Running()).Single(c => c.GetProperty("peerTail").GetString() == Payer[^4..]).GetProperty("id").GetString()!;
        await caller.Voice.HasSaid(Sounds.Tone(Caller, 8000));
        await Command(agent, call, "recording/pause");
        await caller.Voice.HasSaid([.. Sounds.Tone(Secret, 8000), .. new short[8000]]);
        caller.Voice.Press("1");
        await Wait.Until(() => caller.Voice.HasSaidAll, "the key is pressed");
        await Command(agent, call, "recording/resume");
        await caller.Voice.HasSaid(Sounds.Tone(Caller, 8000));
        await phone.HangUp();

        var question = await telephone.Speech("请为这次服务评分，非常满意请按五，满意请按四，一般请按三，不满意请按二，非常不满意请按一。");
        await Wait.Until(() => Sounds.Find(question.AsSpan(0, 12_000), caller.Voice.Heard).Likeness > 0.6, "the question is heard");
        caller.Voice.Press("5");
        await caller.HungUp.WaitAsync(TimeSpan.FromMinutes(1));

        var record = await telephone.RecordOf(Payer);
        record.GetProperty("score").GetInt32().ShouldBe(5);
        var recorded = (await telephone.Recording(record.GetProperty("recordings").EnumerateArray().ShouldHaveSingleItem())).Left;
        Listening.Tones(recorded, Caller, Secret).ShouldBe([Caller, Caller]);
        Sounds.Share(recorded, Secret).ShouldBeLessThan(0.001);
    }

    // By the number until somebody knows the name.
    private static async Task IsSeen(HttpClient agent)
    {
        var other = (await Desk.Get(agent, "/live/me")).GetProperty("other");
        (other.GetProperty("direction").GetString(), other.GetProperty("tail").GetString(), other.GetProperty("name").GetString()).ShouldBe(("inbound", Number[^4..], ""));
        var customer = other.GetProperty("customer").GetString();
        (await agent.PutAsJsonAsync($"/api/desk/v1/customers/{customer}/fields/name", new { value = "李雷", reason = "客户告知" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Desk.Get(agent, "/live/me")).GetProperty("other").GetProperty("name").GetString().ShouldBe("李雷");
    }

    private static async Task Both(Baresip caller, Baresip agent, int tone)
    {
        await Listening.Tone(() => caller.Heard, tone, "the caller");
        await Listening.Tone(() => agent.Heard, Caller, "the agent");
    }

    // In this order: announcement, welcome, the parcel, then the menu; the queue; the agents, with music between.
    private async Task HasHeard(Baresip caller, short[][] before)
    {
        var heard = caller.Heard;
        string[] after = ["查快件请按一，寄快件和报价请按二，催件和投诉请按三，取件码请按四，人工服务时间请按五，人工服务请按零，重听请按井号。", "正在为您转接人工服务。", "您是下一位，马上为您接通，请稍候。"];
        var (menu, transfer, next) = (await telephone.Speech(after[0]), await telephone.Speech(after[1]), await telephone.Speech(after[2]));
        var found = before.Concat([menu[..6400], transfer, next]).Select(s => Sounds.Find(s, heard)).ToList();
        found.ShouldAllBe(f => f.Likeness > 0.6);
        found.Select(f => f.At).ShouldBeInOrder();
        Listening.Talks(heard, Caller, First, Second).ShouldBe([First, First, Second]);
        NothingComesThrough(heard);
    }

    // While the caller hears music nothing of the agent is in it.
    private static void NothingComesThrough(short[] heard)
    {
        var steps = Sounds.Steps(heard, First, Second);
        var held = Enumerable.Range(Array.IndexOf(steps, First), steps.Length - Array.IndexOf(steps, First)).Where(i => i > 1 && i < steps.Length - 2 && steps[(i - 1)..(i + 2)].All(s => s == -1)).ToList();
        held.ShouldNotBeEmpty();
        held.Max(i => Sounds.Share(heard.AsSpan(i * 800, 800), First)).ShouldBeLessThan(0.02);
    }

    private static void IsWhole(JsonElement record)
    {
        var call = record.GetProperty("call");
        call.GetProperty("result").GetString().ShouldBe("completed");
        call.GetProperty("customer").ValueKind.ShouldBe(JsonValueKind.String);
        var legs = record.GetProperty("legs").EnumerateArray().ToList();
        legs.Select(l => (l.GetProperty("role").GetString(), l.GetProperty("phoneUser").GetString(), l.GetProperty("outcome").GetString()))
            .ShouldBe([("caller", "", "hung_up_there"), ("agent", "agent1001", "hung_up_here"), ("colleague", "agent1002", "hung_up_here")], ignoreOrder: true);
        legs.ShouldAllBe(l => l.GetProperty("received").GetInt64() > 0 && l.GetProperty("lossPermille").GetInt32() < 100);
        legs.ShouldAllBe(l => l.GetProperty("mosHundredths").GetInt32() >= 100); // how good it was depends on what else the machine did
    }

    // Left the caller, right what the caller heard; and the hash is that of what is listened to.
    private async Task IsRecorded(JsonElement record)
    {
        var recording = record.GetProperty("recordings").EnumerateArray().ShouldHaveSingleItem();
        var path = $"/api/desk/v1/calls/recordings/{recording.GetProperty("id").GetString()}/listen";
        (await telephone.Supervisor.PostAsJsonAsync(path, new { reason = "" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var answer = await telephone.Supervisor.PostAsJsonAsync(path, new { reason = "质检" });
        var wav = await answer.Content.ReadAsByteArrayAsync();
        var noted = (await Desk.Get(telephone.Supervisor, "/audit?subject=recording:" + recording.GetProperty("id").GetString())).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (noted.GetProperty("action").GetString(), noted.GetProperty("reason").GetString()).ShouldBe(("calls.listened", "质检"));
        wav.LongLength.ShouldBe(recording.GetProperty("bytes").GetInt64());
        Convert.ToHexStringLower(SHA256.HashData(wav)).ShouldBe(recording.GetProperty("sha256").GetString());
        var sound = WavSound.Read(wav);
        Sounds.Steps(sound.Left, Caller).Count(s => s == Caller).ShouldBeGreaterThan(sound.Left.Length / 800 * 8 / 10);
        Listening.Talks(sound.Right, Caller, First, Second).ShouldBe([First, First, Second]);
        Sounds.Find(SoundingTelephone.Music.AsSpan(0, 4000), sound.Right).Likeness.ShouldBeGreaterThan(0.6);
    }

    private static async Task IsReady(HttpClient agent) => (await agent.PostAsync("/api/desk/v1/live/me/ready", null)).StatusCode.ShouldBe(HttpStatusCode.OK);

    private static async Task Command(HttpClient agent, string call, string command) =>
        (await agent.PostAsync($"/api/desk/v1/live/calls/{call}/{command}", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
}
