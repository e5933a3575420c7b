using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Courier.Media.Wav;

/// <summary>Writes the blocks of all recordings, one after another, away from the thread that sends. A slow disk makes it longer; past its limit blocks become silence.</summary>
internal sealed class RecordingQueue
{
    // A minute and a half of a hundred recordings; 290 MB.
    private const int MostWaiting = 9_000;

    private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>(new() { SingleReader = true });
    private readonly ConcurrentQueue<byte[]> _spare = [];
    private readonly Task _writing;
    private int _waiting;

    public RecordingQueue() => _writing = Task.Run(Run);

    /// <summary>Blocks that are not yet written.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>A block to be filled; they go round.</summary>
    public byte[] Rent() => _spare.TryDequeue(out var block) ? block : new byte[Recorder.BlockBytes(2)];

    /// <summary>Hands a block over to be written.</summary>
    public void Write(Recorder recorder, byte[] block, int length)
    {
        if (Waiting < MostWaiting)
        {
            Put(new Job(recorder, block, length));
            return;
        }
        _spare.Enqueue(block);
        Put(new Job(recorder, null, length));
    }

    /// <summary>All blocks of a recording were handed over.</summary>
    public void End(Recorder recorder) => Put(new Job(recorder, null, 0));

    /// <summary>Writes what is left.</summary>
    public Task Close()
    {
        _jobs.Writer.TryComplete();
        return _writing;
    }

    private void Put(Job job)
    {
        Interlocked.Increment(ref _waiting);
        _jobs.Writer.TryWrite(job);
    }

    private async Task Run()
    {
        await foreach (var job in _jobs.Reader.ReadAllAsync())
        {
            if (job.Length == 0) await job.Recorder.Complete();
            else await job.Recorder.Write(job.Block?.AsMemory(0, job.Length), job.Length);
            if (job.Block is not null) _spare.Enqueue(job.Block);
            Interlocked.Decrement(ref _waiting);
        }
    }

    // No bytes at all: the recording ends.
    private readonly record struct Job(Recorder Recorder, byte[]? Block, int Length);
}
