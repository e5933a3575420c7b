using Courier.Media.Codecs;
using Courier.Media.Dtmf;
using Courier.Testing;

namespace Courier.Media.Tests.Dtmf;

public sealed class PressingKeys : IDisposable
{
    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData(101)]
    [InlineData(96)]
    [InlineData(127)]
    public void All_sixteen_keys_come_once_each_whatever_their_payload_type(int type)
    {
        var phone = _stage.Caller(new PhoneKind(EventType: type));
        foreach (var key in Keys.All) Press(phone, key);
        _stage.Heard.Keys.ShouldBe(Keys.All);
    }

    [Fact]
    public void A_press_counts_when_its_first_packets_were_lost()
    {
        var phone = _stage.Caller();
        phone.Sequence += 3;
        phone.Key(5, 640, end: false);
        phone.Key(5, 800, end: true);
        _stage.Turns(1);
        _stage.Heard.Keys.ShouldBe("5");
    }

    [Fact]
    public void A_press_counts_when_only_the_last_repetition_of_its_end_came()
    {
        var phone = _stage.Caller();
        phone.Key(5, 800, end: true);
        _stage.Turns(1);
        _stage.Heard.Keys.ShouldBe("5");
    }

    [Fact]
    public void The_same_key_again_counts_again_also_when_all_ends_were_lost()
    {
        var phone = _stage.Caller();
        for (var press = 0; press < 3; press++)
        {
            for (var step = 1; step <= 4; step++) phone.Key(7, step * 160, end: false);
            phone.Timestamp += 1600;
            _stage.Turns(5);
        }
        _stage.Heard.Keys.ShouldBe("777");
    }

    [Fact]
    public void Repetitions_stragglers_and_duplicates_count_nothing()
    {
        var phone = _stage.Caller();
        Press(phone, '1');
        var (sequence, timestamp) = (phone.Sequence, phone.Timestamp);
        Press(phone, '2');
        (phone.Sequence, phone.Timestamp) = ((ushort)(sequence - 2), timestamp - 1600);
        phone.Key(1, 800, end: true);
        phone.Key(1, 800, end: true);
        _stage.Turns(30);
        _stage.Heard.Keys.ShouldBe("12");
    }

    [Fact]
    public void A_key_held_down_for_ten_seconds_is_one_press()
    {
        var phone = _stage.Caller();
        for (var step = 1; step <= 500; step++)
        {
            var duration = step * 160;
            if (duration > 0xFFFF && duration - 160 <= 0xFFFF) phone.Timestamp += 0xFFFF;
            phone.Key(4, duration > 0xFFFF ? duration - 0xFFFF : duration, end: false);
            _stage.Turns(1);
        }
        _stage.Heard.Keys.ShouldBe("4");
    }

    [Fact]
    public void Flash_and_other_signals_are_no_keys()
    {
        var phone = _stage.Caller();
        phone.Key(16, 160, end: true);
        phone.Send((byte)phone.Kind.EventType!, [1, 2]);
        _stage.Turns(1);
        _stage.Heard.Keys.ShouldBeEmpty();
    }

    [Fact]
    public void A_press_that_comes_by_two_ways_counts_once()
    {
        var phone = _stage.Caller();
        foreach (var key in "1357")
        {
            Press(phone, key);
            phone.Leg.TakeInfo("application/dtmf-relay", System.Text.Encoding.ASCII.GetBytes($"Signal={key}\r\nDuration=160\r\n")).ShouldBeTrue();
        }
        _stage.Turns(5);
        _stage.Heard.Keys.ShouldBe("1357");
    }

    [Theory]
    [InlineData("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n", "5")]
    [InlineData("Application/DTMF-Relay; charset=utf-8", "Duration=160\nsignal= 5 ", "5")]
    [InlineData("application/dtmf-relay", "Signal=*", "*")]
    [InlineData("application/dtmf-relay", "Signal=10\r\n", "*")]
    [InlineData("application/dtmf-relay", "Signal=11\r\n", "#")]
    [InlineData("application/dtmf-relay", "Signal=d\r\n", "D")]
    [InlineData("application/dtmf", "9", "9")]
    [InlineData("application/dtmf", " #\r\n", "#")]
    [InlineData("application/dtmf-relay", "Signal=16\r\n", "")]
    [InlineData("application/dtmf-relay", "Signal", "")]
    [InlineData("application/dtmf", "", "")]
    public void Bodies_of_INFO_are_read(string type, string body, string key)
    {
        var phone = _stage.Caller();
        phone.Leg.TakeInfo(type, System.Text.Encoding.UTF8.GetBytes(body)).ShouldBeTrue();
        _stage.Turns(1);
        _stage.Heard.Keys.ShouldBe(key);
    }

    [Fact]
    public void Other_bodies_are_not_ours() => _stage.Caller().Leg.TakeInfo("application/sdp", "5"u8).ShouldBeFalse();

    [Fact]
    public void Keys_that_we_press_come_with_growing_durations_one_beginning_and_three_ends()
    {
        var phone = _stage.Caller(new PhoneKind(EventType: 96));
        _stage.Turns(5);
        phone.Leg.SendDigits("5x#");
        _stage.Turns(40);
        var presses = phone.Packets.Where(p => p.Type == 96).GroupBy(p => p.Timestamp).Select(g => g.ToArray()).ToArray();
        presses.Select(p => p[0].Payload[0]).ShouldBe(new byte[] { 5, 11 });
        foreach (var press in presses)
        {
            press.Select(p => p.Payload[2] << 8 | p.Payload[3]).ShouldBe([160, 320, 480, 640, 800, 800, 800]);
            press.Select(p => p.Payload[1] >> 7).ShouldBe([0, 0, 0, 0, 1, 1, 1]);
            press.Select(p => p.Marker).ShouldBe([true, false, false, false, false, false, false]);
        }
        (presses[1][0].Timestamp - presses[0][0].Timestamp).ShouldBeGreaterThanOrEqualTo(1120u); // 100 ms and a gap of 40 at least
        phone.Packets.Zip(phone.Packets.Skip(1)).ShouldAllBe(p => (ushort)(p.Second.Sequence - p.First.Sequence) == 1);
    }

    [Fact]
    public void A_phone_without_events_is_heard_and_spoken_to_in_tones()
    {
        var phone = _stage.Caller(new PhoneKind(EventType: null));
        foreach (var key in Keys.All)
        {
            var (low, high) = Keys.Tones(key);
            var tone = Sounds.Tone(low, 640, 5000).Zip(Sounds.Tone(high, 640, 5000), (a, b) => (short)(a + b)).ToArray();
            foreach (var frame in tone.Concat(new short[640]).Chunk(160))
            {
                phone.Say(frame);
                _stage.Turns(1);
            }
        }
        _stage.Turns(10);
        _stage.Heard.Keys.ShouldBe(Keys.All);

        phone.Packets.Clear();
        phone.Leg.SendDigits("7");
        _stage.Turns(9);
        var sound = phone.Sound.AsSpan(0, 800);
        Sounds.Share(sound, 852).ShouldBeGreaterThan(0.4);
        Sounds.Share(sound, 1209).ShouldBeGreaterThan(0.4);
    }

    [Fact]
    public void Speech_and_single_tones_are_no_keys()
    {
        var detector = new ToneDetector();
        var heard = new List<char>();
        for (var seed = 0; seed < 20; seed++)
        {
            foreach (var frame in Sounds.Voice(80_000, seed).Chunk(160))
                if (detector.Hear(frame) is { } key) heard.Add(key);
        }
        foreach (var hertz in (int[])[697, 941, 1209, 1477, 450])
            foreach (var frame in Sounds.Tone(hertz, 8000).Chunk(160))
                if (detector.Hear(frame) is { } key) heard.Add(key);
        heard.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(101)]
    [InlineData(null)]
    public void Keys_pass_through_a_bridge(int? typeOfOther)
    {
        var (caller, bank) = (_stage.Caller(new PhoneKind(EventType: 96)), _stage.Caller(new PhoneKind(EventType: typeOfOther)));
        _stage.Engine.Bridge(caller.Leg, bank.Leg);
        _stage.Turns(5);
        Press(caller, '4');
        _stage.Turns(20);
        _stage.Heard.Digits.ShouldBe([(caller.Leg, '4')]);
        if (typeOfOther is not null)
        {
            var press = bank.Packets.Where(p => p.Type == 101).ToList();
            press.ShouldAllBe(p => p.Payload[0] == 4);
            press.Select(p => p.Timestamp).Distinct().Count().ShouldBe(1);
        }
        else Sounds.Share(bank.Sound.AsSpan(bank.Sound.AsSpan().IndexOfAnyExceptInRange((short)-200, (short)200), 700), 770).ShouldBeGreaterThan(0.4);
    }

    [Fact]
    public void No_input_of_200_000_upsets_the_reader_of_events()
    {
        var (random, reader) = (new Random(3), new EventReceiver());
        var bytes = new byte[8];
        for (var i = 0; i < 200_000; i++)
        {
            random.NextBytes(bytes);
            reader.Read((uint)random.Next(3), (uint)random.Next(5) * 160, bytes.AsSpan(0, random.Next(9)), TimeSpan.FromMilliseconds(i));
        }
    }

    private void Press(Phone phone, char key)
    {
        var number = Keys.EventOf(key)!.Value;
        for (var step = 1; step <= 5; step++)
        {
            phone.Key(number, step * 160, end: false, marker: step == 1);
            _stage.Turns(1);
        }
        for (var i = 0; i < 3; i++) phone.Key(number, 800, end: true);
        _stage.Turns(3);
        phone.Timestamp += 1600;
    }
}
