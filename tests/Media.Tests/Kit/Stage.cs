using System.Net;
using Courier.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.Media.Tests;

/// <summary>An engine whose turns the test takes itself, on a clock that stands still between them; the sockets are real.</summary>
internal sealed class Stage : IDisposable
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(20);

    private readonly List<Phone> _phones = [];
    private readonly List<Action> _eachTurn = [];

    public Stage(MediaOptions? options = null)
    {
        Engine = new MediaEngine(options ?? new MediaOptions { Address = IPAddress.Loopback }, Clock, NullLogger.Instance);
        Engine.Step();
    }

    public FakeClock Clock { get; } = new();

    public MediaEngine Engine { get; }

    public Heard Heard { get; } = new();

    /// <summary>A leg without a peer yet.</summary>
    public MediaLeg Leg(string call = "call")
    {
        Engine.TryOpen(call, Heard, out var leg).ShouldBeTrue();
        Engine.Step();
        return leg!;
    }

    /// <summary>A phone that has called and was answered.</summary>
    public Phone Caller(PhoneKind? kind = null)
    {
        var phone = new Phone(this, Leg(), kind ?? new PhoneKind());
        _phones.Add(phone);
        phone.Call();
        return phone;
    }

    /// <summary>Has something done before each turn.</summary>
    public void EachTurn(Action act) => _eachTurn.Add(act);

    /// <summary>Lets turns of 20 ms go by; the phones hear what is sent to them.</summary>
    public void Turns(int count)
    {
        for (; count > 0; count--)
        {
            foreach (var act in _eachTurn) act();
            Engine.Step();
            Clock.Advance(Turn);
            Engine.Step();
            foreach (var phone in _phones) phone.Listen();
        }
    }

    public void Dispose()
    {
        Engine.Dispose();
        foreach (var phone in _phones) phone.Dispose();
    }
}

/// <summary>What legs told.</summary>
internal sealed class Heard : IMediaEvents
{
    public List<(MediaLeg Leg, char Digit)> Digits { get; } = [];

    public List<PlayId> Plays { get; } = [];

    public List<MediaLeg> Silences { get; } = [];

    public string Keys => new([.. Digits.Select(d => d.Digit)]);

    public void Digit(MediaLeg leg, char digit) => Digits.Add((leg, digit));

    public void Played(MediaLeg leg, PlayId id) => Plays.Add(id);

    public void Silent(MediaLeg leg) => Silences.Add(leg);
}
