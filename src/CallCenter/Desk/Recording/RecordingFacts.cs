using Courier.Media.Wav;

namespace Courier.CallCenter.Recording;

/// <summary>What is noted of a recording when it begins.</summary>
/// <param name="Id">its id</param>
/// <param name="CallId">of which call</param>
/// <param name="Kind">what it is of</param>
/// <param name="Box">the box of a message; empty otherwise</param>
/// <param name="Customer">who is heard; null when nobody knows</param>
/// <param name="PeerHash">keyed hash of the number outside; empty for none</param>
/// <param name="StartedAt">when it began</param>
internal sealed record RecordingFacts(string Id, string CallId, RecordingKind Kind, string Box, string? Customer, string PeerHash, DateTimeOffset StartedAt);

/// <summary>A recording that is complete.</summary>
/// <param name="Facts">what it is of</param>
/// <param name="Sha256">hash of the plain WAV</param>
/// <param name="Bytes">size of the plain WAV</param>
/// <param name="Length">how long it is</param>
internal sealed record FinishedRecording(RecordingFacts Facts, string Sha256, long Bytes, TimeSpan Length);

/// <summary>A recording under way.</summary>
internal sealed class RunningRecording(RecordingFacts facts, Recorder recorder, SealedStream file)
{
    public RecordingFacts Facts { get; } = facts;

    public bool IsPaused { get; private set; }

    public TimeSpan Length => recorder.Length;

    /// <summary>Keeps what is said out; the time goes on.</summary>
    public void Pause()
    {
        IsPaused = true;
        recorder.Pause();
    }

    /// <summary>Takes it in again.</summary>
    public void Resume()
    {
        IsPaused = false;
        recorder.Resume();
    }

    /// <summary>Writes the rest and closes the file.</summary>
    public async Task<Recorded> Finish()
    {
        var recorded = await recorder.Finish().ConfigureAwait(false);
        await file.DisposeAsync().ConfigureAwait(false);
        return recorded;
    }
}
