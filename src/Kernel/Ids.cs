namespace Courier.Kernel;

/// <summary>Makes the ids of rows: UUID version 7 (RFC 9562 §5.7) as 32 lower-case hex characters, so that ids sort by creation time.</summary>
public static class Ids
{
    /// <summary>A new id whose time part is the given clock's now.</summary>
    public static string New(TimeProvider clock)
    {
#pragma warning disable RS0030 // the one place that makes ids
        return Guid.CreateVersion7(clock.GetUtcNow()).ToString("n");
#pragma warning restore RS0030
    }
}
