namespace Courier.WechatGateway.Outgoing;

/// <summary>A number of sends that was taken from a ledger ahead; the messages of a portion share it.</summary>
internal sealed class Allowance(long number)
{
    private long _left = number;

    /// <summary>What nobody needed (so far).</summary>
    public long Left => Math.Max(0, Interlocked.Read(ref _left));

    /// <summary>Nothing more may be sent, and nothing is given back.</summary>
    public void Close() => Interlocked.Exchange(ref _left, 0);

    /// <summary>One of them; false when none is left.</summary>
    public bool TakeOne() => Interlocked.Decrement(ref _left) >= 0;
}
