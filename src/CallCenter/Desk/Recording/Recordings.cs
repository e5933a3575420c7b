using System.Security.Cryptography;
using System.Text.Json;
using Courier.CallCenter.Journal;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Modules;
using Courier.Media;
using Courier.Media.Wav;
using Microsoft.Extensions.Logging;

namespace Courier.CallCenter.Recording;

/// <summary>What a recording is of.</summary>
internal enum RecordingKind
{
    /// <summary>A talk with an agent.</summary>
    Talk,
    /// <summary>A message that a caller left.</summary>
    Voicemail,
}

/// <summary>Records calls into encrypted files and notes each that is complete; what a crash has left is completed at the next start.</summary>
internal sealed partial class Recordings(DataDirectory directory, DataKeys keys, CallJournal journal, ILogger<Recordings> log)
{
    /// <summary>What the journal calls the note of a complete recording.</summary>
    public const string Kind = "recording";

    private const string Whole = ".rec", Part = ".part", Facts = ".facts";
    private const int Portion = 500;

    /// <summary>Begins to record what somebody says and hears.</summary>
    /// <param name="media">what records</param>
    /// <param name="leg">the customer's end</param>
    /// <param name="facts">what is noted about it</param>
    /// <param name="sides">both, or only what the customer says</param>
    /// <returns>null when the disk refuses; the call goes on</returns>
    public RunningRecording? Begin(MediaEngine media, MediaLeg leg, RecordingFacts facts, RecordedSides sides)
    {
        try
        {
            File.WriteAllText(PathOf(facts.Id) + Facts, keys.Encrypt(JsonSerializer.Serialize(facts, KernelJson.Options)));
            var file = SealedStream.Create(PathOf(facts.Id) + Part, keys);
            return new RunningRecording(facts, media.Record(leg, file, sides), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NotRecorded(log, e, facts.CallId);
            return null;
        }
    }

    /// <summary>Ends a recording; null when nothing could be kept.</summary>
    public async Task<FinishedRecording?> Finish(RunningRecording running)
    {
        var recorded = await running.Finish().ConfigureAwait(false);
        if (recorded.Fault is { } fault) NotComplete(log, running.Facts.CallId, fault);
        return Keep(running.Facts, recorded);
    }

    /// <summary>Completes what a crash of this process's forerunner has left.</summary>
    public async Task Recover(CancellationToken ct)
    {
        foreach (var path in Directory.EnumerateFiles(Folder, "*" + Facts))
        {
            try
            {
                var facts = JsonSerializer.Deserialize<RecordingFacts>(keys.Decrypt(await File.ReadAllTextAsync(path, ct).ConfigureAwait(false)), KernelJson.Options)!;
                Recorded recorded;
                await using (var file = SealedStream.Open(File.Exists(PathOf(facts.Id)) ? PathOf(facts.Id) : PathOf(facts.Id) + Part, keys, forWriting: true))
                    recorded = await WavFile.Complete(file, ct).ConfigureAwait(false);
                Keep(facts, recorded);
            }
            catch (Exception e) when (e is IOException or CryptographicException or JsonException or UnauthorizedAccessException)
            {
                NotRecovered(log, e, Path.GetFileName(path));
                File.Move(path, path + ".refused", overwrite: true);
            }
        }
    }

    /// <summary>The plain WAV of a recording, decrypted as it is read.</summary>
    /// <exception cref="IOException">The file is gone.</exception>
    /// <exception cref="CryptographicException">It was changed, or its key is not configured any more.</exception>
    public Stream Play(string id) => SealedStream.Open(PathOf(id), keys);

    /// <summary>Removes the files of recordings, whichever are there.</summary>
    public void Remove(IEnumerable<string> ids)
    {
        foreach (var id in ids) File.Delete(PathOf(id));
    }

    /// <summary>Removes the files here of what was erased by another process, or just before a crash.</summary>
    public async Task RemoveErased(ISqlReader db, CancellationToken ct)
    {
        foreach (var ids in Directory.EnumerateFiles(Folder, "*" + Whole).Select(Path.GetFileNameWithoutExtension).Chunk(Portion))
            Remove(await db.Query<string>("select id from calls_recordings where id in @ids and erased_at is not null", new { ids }, ct).ConfigureAwait(false));
    }

    private string Folder => directory.Folder("recordings");

    private string PathOf(string id) => Path.Combine(Folder, id + Whole);

    private FinishedRecording? Keep(RecordingFacts facts, Recorded recorded)
    {
        try
        {
            if (File.Exists(PathOf(facts.Id) + Part)) File.Move(PathOf(facts.Id) + Part, PathOf(facts.Id), overwrite: true);
            var finished = new FinishedRecording(facts, recorded.Sha256, recorded.Bytes, recorded.Length);
            journal.Add(Kind, finished);
            File.Delete(PathOf(facts.Id) + Facts); // last: until then the next start finds it again, and notes it a second time
            return finished;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NotRecorded(log, e, facts.CallId);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "Call {CallId} could not be recorded")]
    private static partial void NotRecorded(ILogger log, Exception error, string callId);

    [LoggerMessage(LogLevel.Error, "The recording of call {CallId} is not complete: {Fault}")]
    private static partial void NotComplete(ILogger log, string callId, string fault);

    [LoggerMessage(LogLevel.Error, "A recording that was left unfinished could not be completed: {File}")]
    private static partial void NotRecovered(ILogger log, Exception error, string file);
}
