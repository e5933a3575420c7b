using Courier.Media.Codecs;

namespace Courier.Media.Mixing;

/// <summary>
/// Legs that hear each other, made by <see cref="MediaEngine.Confer"/> and <see cref="MediaEngine.Bridge"/>. Two full members with one codec, of whom nobody wants
/// the sound itself, get each other's packets as they come, without decoding and waiting; otherwise everybody hears the sum of the others. Members come, go and
/// change their roles while it runs. What a leg plays is heard by it instead of the conference.
/// </summary>
public sealed class Conference : IDisposable
{
    private readonly MediaEngine _engine;
    private readonly List<Member> _members = [];
    private readonly int[] _sum = new int[Frame.Samples];

    internal Conference(MediaEngine engine) => _engine = engine;

    /// <summary>Lets a leg take part; one that takes part in another conference leaves it.</summary>
    public void Join(MediaLeg leg, MemberRole role) => _engine.Post(() =>
    {
        if (!leg.Line.IsOpen) return;
        leg.Line.Conference?.Remove(leg.Line);
        _members.Add(new Member(leg.Line, role));
        leg.Line.Joined(this);
    });

    /// <summary>Gives a member another role.</summary>
    public void ChangeRole(MediaLeg leg, MemberRole role) => _engine.Post(() =>
    {
        var at = _members.FindIndex(m => m.Line == leg.Line);
        if (at >= 0) _members[at] = new Member(leg.Line, role);
    });

    /// <summary>Lets a leg go; it hears silence then, or what it plays.</summary>
    public void Leave(MediaLeg leg) => _engine.Post(() => Remove(leg.Line));

    /// <summary>Lets all go. The legs stay open.</summary>
    public void Dispose() => _engine.Post(() =>
    {
        foreach (var member in _members.ToArray()) Remove(member.Line);
    });

    // ---- on the media thread ----

    /// <summary>The other one of a conference of two whose packets can be handed on as they are; null otherwise.</summary>
    internal Line? StraightPeerOf(Line line)
    {
        if (OtherOfTwo(line) is not { } other) return null;
        return line.CanBeStraight && other.CanBeStraight && line.Agreed!.Codec == other.Agreed!.Codec ? other : null;
    }

    /// <summary>The other one of two full members; null in any other conference.</summary>
    internal Line? OtherOfTwo(Line line)
    {
        if (_members.Count != 2 || !_members[0].Role.Speaks || !_members[1].Role.Speaks) return null;
        return _members[0].Line == line ? _members[1].Line : _members[0].Line;
    }

    /// <summary>Adds up what the full members say in this turn.</summary>
    internal void Mix()
    {
        Array.Clear(_sum);
        foreach (var member in _members)
        {
            if (!member.Role.Speaks || !member.Line.IsHeard) continue;
            var said = member.Line.Said;
            for (var i = 0; i < _sum.Length; i++) _sum[i] += said[i];
        }
    }

    /// <summary>What a member hears in this turn: all but itself, and who whispers to it.</summary>
    internal void Hear(Line line, Span<short> frame)
    {
        var speaks = IsSpeaking(line);
        for (var i = 0; i < frame.Length; i++) frame[i] = Clip(_sum[i] - (speaks ? line.Said[i] : 0));
        foreach (var member in _members)
        {
            if (member.Role.WhispersTo?.Line != line || !member.Line.IsHeard) continue;
            for (var i = 0; i < frame.Length; i++) frame[i] = Clip(frame[i] + member.Line.Said[i]);
        }
    }

    internal void Remove(Line line)
    {
        if (_members.RemoveAll(m => m.Line == line) > 0) line.Left();
    }

    private bool IsSpeaking(Line line)
    {
        foreach (var member in _members)
        {
            if (member.Line == line) return member.Role.Speaks && line.IsHeard;
        }
        return false;
    }

    private static short Clip(int sample) => (short)Math.Clamp(sample, short.MinValue, short.MaxValue);

    private readonly record struct Member(Line Line, MemberRole Role);
}
