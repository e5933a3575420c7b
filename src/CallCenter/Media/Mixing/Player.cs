using Courier.Media.Codecs;

namespace Courier.Media.Mixing;

/// <summary>Plays clips one after another, a frame a turn.</summary>
internal sealed class Player
{
    private IReadOnlyList<AudioClip> _clips = [];
    private bool _loops;
    private PlayId _id;
    private int _clip;
    private int _frame;

    /// <summary>Whether it has something to play.</summary>
    public bool IsPlaying { get; private set; }

    /// <summary>Begins; what played before is forgotten.</summary>
    public void Start(IReadOnlyList<AudioClip> clips, bool loops, PlayId id)
    {
        (_clips, _loops, _id, _clip, _frame) = (clips, loops && clips.Any(c => c.Frames > 0), id, 0, 0);
        IsPlaying = true;
    }

    /// <summary>Ends without being heard of.</summary>
    public void Stop() => IsPlaying = false;

    /// <summary>The next frame. False when nothing is left; <paramref name="ended"/> then names what has just been played to its end.</summary>
    public bool TryNext(Codec codec, out ReadOnlySpan<byte> frame, out PlayId? ended)
    {
        frame = default;
        ended = null;
        if (!IsPlaying) return false;
        while (_clip < _clips.Count && _frame >= _clips[_clip].Frames) Advance();
        if (_clip < _clips.Count)
        {
            frame = _clips[_clip].FrameAt(codec, _frame++);
            return true;
        }
        IsPlaying = false;
        ended = _id;
        return false;
    }

    private void Advance()
    {
        _frame = 0;
        _clip++;
        if (_loops && _clip == _clips.Count) _clip = 0;
    }
}
