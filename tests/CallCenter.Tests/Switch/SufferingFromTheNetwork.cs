using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>The telephone without agents, which waits five seconds for the voice of somebody silent.</summary>
public sealed class ImpatientTelephone : SoundingTelephone
{
    protected override IEnumerable<string> Settings => [.. base.Settings, "CallCenter:SilenceLimit=00:00:05"];
}

/// <summary>What becomes of voices and keys when the network, or somebody in it, is bad.</summary>
public sealed class SufferingFromTheNetwork(ImpatientTelephone telephone) : IClassFixture<ImpatientTelephone>
{
    [Fact]
    public async Task A_stranger_is_neither_heard_nor_told_anything()
    {
        using var stranger = RawCaller.Bound(IPAddress.Parse("127.0.0.2"));
        await using var caller = await AtTheBeep("13800138211");
        var packet = new byte[172];
        (packet[0], packet[1]) = (0x80, 8);
        var tone = Sounds.Tone(1300, 8000, 15_000).Select(ALaw.Encode).ToArray();
        caller.Voice.Say(Sounds.Murmur(16_000, seed: 8));
        for (var i = 0; !caller.Voice.HasSaidAll; i++)
        {
            (packet[3], packet[7]) = ((byte)i, (byte)(i * 160));
            tone.AsSpan(i % 50 * 160, 160).CopyTo(packet.AsSpan(12));
            await stranger.SendToAsync(packet, caller.Voice.Product);
            var before = caller.Voice.Packets.Count;
            await Wait.Until(() => caller.Voice.Packets.Count > before, "the next 20 ms");
        }
        await caller.HangUp();

        var record = await telephone.RecordOf("13800138211");
        var id = record.GetProperty("call").GetProperty("id").GetString()!;
        await Wait.Until(async () => (record = await telephone.Record(id)).GetProperty("recordings").GetArrayLength() == 1, "the records have the message, which is written on after the call");
        record.GetProperty("call").GetProperty("result").GetString().ShouldBe("voicemail");
        var message = (await telephone.Recording(record.GetProperty("recordings")[0])).Left;
        Sounds.Find(Sounds.Murmur(16_000, seed: 8), message).Likeness.ShouldBeGreaterThan(0.6);
        Sounds.Share(message, 1300).ShouldBeLessThan(0.001);
        stranger.Available.ShouldBe(0);
    }

    [Fact]
    public async Task A_message_ends_with_the_hash_key_which_is_not_in_it_and_the_caller_hears_that_it_is_kept()
    {
        await using var caller = await AtTheBeep("13800138251");
        await caller.Voice.HasSaid(Sounds.Murmur(24_000, seed: 9));
        caller.Voice.Press("#");
        await caller.HungUp.WaitAsync(TimeSpan.FromSeconds(40));
        var thanks = await telephone.Speech("您的留言已经收到，我们会尽快回复您，再见。");
        Sounds.Find(thanks, caller.Voice.Heard).Likeness.ShouldBeGreaterThan(0.6);

        var record = await telephone.RecordOf("13800138251");
        record.GetProperty("call").GetProperty("result").GetString().ShouldBe("voicemail");
        record.GetProperty("legs")[0].GetProperty("outcome").GetString().ShouldBe("hung_up_here");
        var recording = record.GetProperty("recordings").EnumerateArray().ShouldHaveSingleItem();
        recording.GetProperty("kind").GetString().ShouldBe("voicemail");
        var message = (await telephone.Recording(recording)).Left;
        Sounds.Find(Sounds.Murmur(24_000, seed: 9), message).Likeness.ShouldBeGreaterThan(0.6);
    }

    [Fact]
    public async Task Who_sends_nothing_is_hung_up_and_who_said_that_nothing_would_come_is_not()
    {
        await using var listener = await RawCaller.Calls("13800138222", telephone.Port, direction: "recvonly");
        await using var silent = await RawCaller.Calls("13800138221", telephone.Port);
        silent.Voice.IsMute = true;
        await silent.HungUp.WaitAsync(TimeSpan.FromMinutes(1));
        var record = await telephone.RecordOf("13800138221");
        record.GetProperty("call").GetProperty("result").GetString().ShouldBe("media_failed");
        record.GetProperty("legs")[0].GetProperty("outcome").GetString().ShouldBe("media_failed");

        listener.HungUp.IsCompleted.ShouldBeFalse();
        var welcome = await telephone.Speech("您好，欢迎致电快递服务热线。");
        Sounds.Find(welcome, listener.Voice.Heard).Likeness.ShouldBeGreaterThan(0.6, "each stall of the machine costs a slip, nothing else has half of that");
        await listener.HangUp();
    }

    [Fact]
    public async Task Hold_and_resume_change_neither_source_nor_sequence()
    {
        await using var caller = await RawCaller.Calls("13800138231", telephone.Port);
        await Wait.Until(() => caller.Voice.Packets.Count > 25, "something is heard");
        await caller.Offer("sendonly");
        var (held, since) = (-1, TimeProvider.System.GetTimestamp());
        await Wait.Until(() =>
        {
            var now = caller.Voice.Packets.Count;
            if (now != held) (held, since) = (now, TimeProvider.System.GetTimestamp());
            return TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromMilliseconds(300);
        }, "nothing more is sent to whoever holds");
        await caller.Offer("sendrecv");
        await Wait.Until(() => caller.Voice.Packets.Count > held + 25, "something is heard again");
        var packets = caller.Voice.Packets;
        packets.Select(p => p.Ssrc).Distinct().ShouldHaveSingleItem();
        packets.Zip(packets.Skip(1), (a, b) => (ushort)(b.Sequence - a.Sequence)).ShouldAllBe(step => step == 1);
        await caller.HangUp();
    }

    [Fact]
    public async Task Every_key_counts_once_whether_it_comes_as_an_event_a_tone_by_INFO_or_in_two_ways_at_once()
    {
        var (_, waybill) = await telephone.KnowsAParcelOf("13800138241");
        var keys = "1" + waybill[^6..] + "#";
        await using var events = await RawCaller.Calls("13800138241", telephone.Port);
        await using var tones = await RawCaller.Calls("13800138241", telephone.Port, hasEvents: false);
        await using var infos = await RawCaller.Calls("13800138241", telephone.Port);
        await using var twice = await RawCaller.Calls("13800138241", telephone.Port);
        events.Voice.Press(keys);
        tones.Voice.Sound(keys);
        twice.Voice.Press(keys);
        foreach (var key in keys)
        {
            await infos.Info(key);
            await twice.Info(key);
        }
        await Wait.Until(async () => await telephone.Came("say_found") == 4, "all four have heard of the parcel");
        (await telephone.Came("say_wrong")).ShouldBe(0);
        foreach (var caller in new[] { events, tones, infos, twice }) await caller.HangUp();
    }

    // Nobody is at work: whoever wants a person may leave a message.
    private async Task<RawCaller> AtTheBeep(string number)
    {
        var caller = await RawCaller.Calls(number, telephone.Port);
        caller.Voice.Press("0");
        await Is("queued");
        caller.Voice.Press("2");
        await Is("in_voicemail");
        await Wait.Until(() => Listening.Tones(caller.Voice.Heard, 1000).Count > 0, "the beep");
        await Listening.Silence(() => caller.Voice.Heard, "who leaves a message");
        return caller;
    }

    private Task Is(string state) => Wait.Until(async () => (await telephone.Running()).Exists(c => c.GetProperty("state").GetString() == state), $"the caller is {state}");
}
