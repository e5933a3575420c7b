using System.Buffers;
using System.Globalization;

namespace Courier.Sip.Messages;

/// <summary>Text that grows in a pooled buffer. It is a value that owns its buffer: hand it on by reference, release it once.</summary>
internal ref struct TextBuffer
{
    private char[]? _rented;
    private int _length;

    public readonly ReadOnlySpan<char> Written => _rented.AsSpan(0, _length);

    public void Append(char character)
    {
        Room(1)[0] = character;
        _length++;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }

    public void Append(long number)
    {
        number.TryFormat(Room(20), out var written, provider: CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>The text; the buffer goes back to the pool.</summary>
    public string Release()
    {
        var text = Written.ToString();
        Dispose();
        return text;
    }

    public void Dispose()
    {
        if (_rented is not null) ArrayPool<char>.Shared.Return(_rented);
        _rented = null;
        _length = 0;
    }

    private Span<char> Room(int length)
    {
        if (_rented is null) _rented = ArrayPool<char>.Shared.Rent(Math.Max(256, length));
        else if (_rented.Length - _length < length)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(_rented.Length * 2, _length + length));
            Written.CopyTo(larger);
            ArrayPool<char>.Shared.Return(_rented);
            _rented = larger;
        }
        return _rented.AsSpan(_length);
    }
}
