using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Courier.Kernel;

/// <summary>Makes the ids of rows: UUID version 7 (RFC 9562 §5.7) as 32 lower-case hex characters, so that ids sort by creation time.</summary>
public static class Ids
{
    private const int Random = 10, Stock = 100; // asking the system for chance costs more than all the rest: a thread asks for many at once

    [ThreadStatic]
    private static byte[]? _chance;

    [ThreadStatic]
    private static int _used;

    /// <summary>A new id whose time part is the given clock's now.</summary>
    public static string New(TimeProvider clock)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, clock.GetUtcNow().ToUnixTimeMilliseconds() << 16);
        TakeChance(id[6..]);
        id[6] = (byte)(0x70 | (id[6] & 0x0f)); // version
        id[8] = (byte)(0x80 | (id[8] & 0x3f)); // variant
        return Convert.ToHexStringLower(id);
    }

    /// <summary>The least id that can be made at this moment: what is older has a smaller one.</summary>
    public static string FirstOf(DateTimeOffset moment) => Math.Max(0, moment.ToUnixTimeMilliseconds()).ToString("x12", CultureInfo.InvariantCulture) + new string('0', 20);

    private static void TakeChance(Span<byte> bytes)
    {
        var chance = _chance ??= new byte[Random * Stock];
        if (_used % chance.Length == 0)
        {
            RandomNumberGenerator.Fill(chance);
            _used = 0;
        }
        chance.AsSpan(_used, Random).CopyTo(bytes);
        _used += Random;
    }
}
