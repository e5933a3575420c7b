using Courier.Media;
using Courier.Media.Mixing;

namespace Courier.CallCenter.Switch;

/// <summary>Who hears whom in a call. Whoever is not in the talk hears music, a tone, or nothing; whoever is alone in it with telephones on hold hears music.</summary>
/// <param name="media">mixes</param>
/// <param name="music">what is heard by whoever has to wait at this moment</param>
internal sealed class Talk(MediaEngine media, Func<AudioClip> music) : IDisposable
{
    private readonly Conference _conference = media.Confer();
    private readonly Dictionary<Party, MemberRole> _members = [];
    private readonly HashSet<Party> _waiting = [];

    /// <summary>Brings somebody in, or changes how they take part.</summary>
    public void Join(Party party, MemberRole role)
    {
        if (party.IsOver) return;
        if (_members.TryAdd(party, role))
        {
            party.Media.StopPlaying();
            _conference.Join(party.Media, role);
        }
        else
        {
            _members[party] = role;
            _conference.ChangeRole(party.Media, role);
        }
        HoldChanged();
    }

    /// <summary>Takes somebody out, who hears nothing then.</summary>
    public void Leave(Party party)
    {
        if (_waiting.Remove(party) && !party.IsOver) party.Media.StopPlaying();
        if (_members.Remove(party)) _conference.Leave(party.Media);
        HoldChanged();
    }

    /// <summary>Takes somebody out, who hears music.</summary>
    public void Entertain(Party party)
    {
        Leave(party);
        if (!party.IsOver) party.Media.Play(music(), loop: true);
    }

    /// <summary>Takes somebody out, who hears that it rings.</summary>
    public void LetWait(Party party)
    {
        Leave(party);
        if (!party.IsOver) party.Media.Play(Tones.RingBack, loop: true);
    }

    /// <summary>A telephone may have put its end on hold, or taken it back, or be gone.</summary>
    public void HoldChanged()
    {
        foreach (var party in _members.Keys.Where(p => !p.IsOver))
        {
            if (!HasNobody(party))
            {
                if (_waiting.Remove(party)) party.Media.StopPlaying();
            }
            else if (_waiting.Add(party)) party.Media.Play(music(), loop: true);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _conference.Dispose();

    // All whom one could hear have their telephones on hold.
    private bool HasNobody(Party party)
    {
        var others = _members.Where(m => m.Key != party && m.Value == MemberRole.Full && !m.Key.IsOver).ToList();
        return others.Count > 0 && others.TrueForAll(m => m.Key.Media.IsHeldByPeer);
    }
}
