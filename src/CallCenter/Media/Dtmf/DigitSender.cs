using Courier.Media.Rtp;

namespace Courier.Media.Dtmf;

/// <summary>Sends keys one after another as telephone events: 100 ms each, its end three times, then 80 ms of whatever else is heard (RFC 4733 §2.5.1).</summary>
internal sealed class DigitSender
{
    private const int Steps = 5, Ends = 3, Pause = 4;

    private readonly Queue<char> _keys = [];
    private int _turn;

    /// <summary>Appends keys; other characters are passed over.</summary>
    public void Add(string keys)
    {
        foreach (var key in keys)
        {
            if (Keys.EventOf(key) is not null) _keys.Enqueue(char.ToUpperInvariant(key));
        }
    }

    /// <summary>One turn: true when a packet of a key was sent, so that no sound may be.</summary>
    public bool TryTurn(RtpSender sender, byte payloadType)
    {
        if (!_keys.TryPeek(out var key)) return false;
        _turn++;
        if (_turn < Steps + Ends)
        {
            sender.Key(Keys.EventOf(key)!.Value, payloadType, Math.Min(_turn, Steps), _turn >= Steps);
            return true;
        }
        if (_turn < Steps + Ends + Pause) return false;
        _keys.Dequeue();
        _turn = 0;
        return false;
    }

    /// <summary>The next key, to be sent in another way; null when there is none.</summary>
    public char? Take() => _turn == 0 && _keys.TryDequeue(out var key) ? key : null;
}
