using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Courier.Sip.Messages;

/// <summary>
/// A SIP, SIPS or tel URI (RFC 3261 §19.1, RFC 3966), or one of another scheme, which is kept as it is. Unchangeable.
/// Two URIs are equal by the rules of RFC 3261 §19.1.4.
/// </summary>
public sealed class SipUri : IEquatable<SipUri>
{
    private static readonly string[] DecisiveParameters = ["transport", "user", "method", "ttl", "maddr"];

    private readonly string _text;
    private readonly string? _escapedUser;
    private readonly string? _password;

    /// <summary>A SIP or SIPS URI.</summary>
    /// <param name="scheme"><c>sip</c> or <c>sips</c></param>
    /// <param name="user">the user part as it is meant, without escapes; null when there is none</param>
    /// <param name="host">a name, an IPv4 address, or an IPv6 address in brackets</param>
    /// <param name="port">the port; null means the transport's own</param>
    /// <param name="parameters">the URI's parameters, without escapes</param>
    /// <exception cref="ArgumentException">The parts do not make a URI.</exception>
    public SipUri(string scheme, string? user, string host, int? port = null, SipParameters? parameters = null)
    {
        Scheme = scheme;
        _escapedUser = user is null ? null : SipText.EscapeUser(user);
        Host = host;
        Port = port;
        Parameters = parameters ?? SipParameters.None;
        _text = Compose();
        if (!TryParse(_text, out _)) throw new ArgumentException($"{_text} is no URI.");
    }

    private SipUri(string text, string scheme, string? user, string? password, string host, int? port, SipParameters parameters, string? headers)
    {
        _text = text;
        Scheme = scheme;
        _escapedUser = user;
        _password = password;
        Host = host;
        Port = port;
        Parameters = parameters;
        Headers = headers;
    }

    /// <summary>The scheme in small letters.</summary>
    public string Scheme { get; }

    /// <summary>The user part without escapes, or the number of a tel URI without separators; null when there is none.</summary>
    public string? User => _escapedUser is null ? null : SipText.Unescape(_escapedUser);

    /// <summary>The host as it came, IPv6 addresses in brackets; empty for schemes without one.</summary>
    public string Host { get; }

    /// <summary>The port, null when it is not named.</summary>
    public int? Port { get; }

    /// <summary>The URI's parameters, without escapes.</summary>
    public SipParameters Parameters { get; }

    /// <summary>What stands after the question mark, with its escapes: headers for a request that is made from the URI. Null when there is none.</summary>
    public string? Headers { get; }

    /// <summary>Whether the scheme is sip or sips, so that a request can be sent there.</summary>
    public bool IsSip => Scheme is "sip" or "sips";

    /// <summary>The transport that the URI asks for, in capitals: its parameter, TLS for sips, else null.</summary>
    public string? Transport => Scheme == "sips" ? "TLS" : Parameters["transport"]?.ToUpperInvariant();

    /// <summary>
    /// The form under which a registrar keeps an address (RFC 3261 §10.3, step 5): scheme, user and host without port,
    /// password and parameters.
    /// </summary>
    public string AddressOfRecord => Host.Length == 0 ? $"{Scheme}:{User}" : $"{Scheme}:{CanonicalUser}@{Host.ToLowerInvariant()}";

    private string? CanonicalUser => _escapedUser is null ? null : SipText.Canonical(_escapedUser);

    /// <summary>Reads a URI; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        var colon = text.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiLetter(text[0]) || text[..colon].ContainsAnyExcept(SipText.SchemeCharacters)) return false;
        var rest = text[(colon + 1)..];
        if (rest.IsEmpty || !SipText.HasWholeEscapes(rest)) return false;
        var scheme = Words.Of(text[..colon]).ToLowerInvariant();
        return scheme switch
        {
            "sip" or "sips" => TryParseSip(text, scheme, rest, out uri),
            "tel" => TryParseTel(text, rest, out uri),
            _ => TryParseOther(text, scheme, rest, out uri),
        };
    }

    /// <summary>The same URI with a parameter set or changed.</summary>
    public SipUri With(string parameter, string? value) => Rebuilt(Port, Parameters.With(parameter, value));

    /// <summary>The same URI without a parameter.</summary>
    public SipUri Without(string parameter) => Rebuilt(Port, Parameters.Without(parameter));

    /// <summary>The URI as a Request-URI may hold it: without headers (RFC 3261 §19.1.1, table 1).</summary>
    public SipUri WithoutHeaders() => Headers is null ? this : Rebuilt(Port, Parameters);

    /// <summary>The URI as it came, or as it was put together.</summary>
    public override string ToString() => _text;

    /// <summary>Whether both mean the same by RFC 3261 §19.1.4; for tel by RFC 3966 §4.</summary>
    public bool Equals(SipUri? other)
    {
        if (other is null || Scheme != other.Scheme) return false;
        if (!IsSip && Scheme != "tel") return _text.Equals(other._text, StringComparison.Ordinal);
        return CanonicalUser == other.CanonicalUser && SamePassword(other) && Port == other.Port
            && Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase) && SameParameters(other) && SameHeaders(other);
    }

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as SipUri);

    /// <summary>Of scheme, user, host and port alone: parameters that only one of two has may not make a difference.</summary>
    public override int GetHashCode() =>
        IsSip || Scheme == "tel" ? HashCode.Combine(Scheme, CanonicalUser, Host.ToUpperInvariant(), Port) : _text.GetHashCode(StringComparison.Ordinal);

    private static bool TryParseSip(ReadOnlySpan<char> text, string scheme, ReadOnlySpan<char> rest, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        string? user = null, password = null, headers = null;
        // An @ inside the user part has to be escaped, so the first one ends it, whatever separators come before.
        var at = rest.IndexOf('@');
        if (at >= 0)
        {
            if (!TryParseUser(rest[..at], out user, out password)) return false;
            rest = rest[(at + 1)..];
        }
        var question = rest.IndexOf('?');
        if (question >= 0)
        {
            headers = rest[(question + 1)..].ToString();
            if (headers.Length == 0 || headers.AsSpan().ContainsAnyExcept(SipText.UriHeaderCharacters)) return false;
            rest = rest[..question];
        }
        var parameters = SipParameters.None;
        var semicolon = rest.IndexOf(';');
        if (semicolon >= 0)
        {
            if (!SipParameters.TryParseUri(rest[(semicolon + 1)..], out parameters!)) return false;
            rest = rest[..semicolon];
        }
        if (!TryParseHostPort(rest, out var host, out var port)) return false;
        uri = new SipUri(text.ToString(), scheme, user, password, host, port, parameters, headers);
        return true;
    }

    private static bool TryParseUser(ReadOnlySpan<char> text, out string? user, out string? password)
    {
        var colon = text.IndexOf(':');
        var name = colon < 0 ? text : text[..colon];
        var secret = colon < 0 ? default : text[(colon + 1)..];
        user = name.ToString();
        password = colon < 0 ? null : secret.ToString();
        return !name.IsEmpty && !name.ContainsAnyExcept(SipText.UserCharacters) && !secret.ContainsAnyExcept(SipText.PasswordCharacters);
    }

    /// <summary>Reads <c>host[:port]</c> without spaces; false when either is malformed.</summary>
    internal static bool TryParseHostPort(ReadOnlySpan<char> text, out string host, out int? port)
    {
        host = "";
        port = null;
        var end = text.StartsWith("[") ? text.IndexOf(']') + 1 : text.IndexOf(':');
        if (end == 0) return false;
        var name = end < 0 ? text : text[..end];
        if (!IsHost(name)) return false;
        host = Words.Of(name);
        if (end < 0 || end == text.Length) return true;
        if (text[end] != ':' || !SipText.TryParseNumber(text[(end + 1)..], 65535, out var number) || number == 0) return false;
        port = (int)number;
        return true;
    }

    private static bool IsHost(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty) return false;
        if (name[0] != '[') return !name.ContainsAnyExcept(SipText.HostCharacters);
        return name[^1] == ']' && !name.Contains('%') && IPAddress.TryParse(name[1..^1], out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
    }

    private static bool TryParseTel(ReadOnlySpan<char> text, ReadOnlySpan<char> rest, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        var semicolon = rest.IndexOf(';');
        var written = semicolon < 0 ? rest : rest[..semicolon];
        var parameters = SipParameters.None;
        if (semicolon >= 0 && !SipParameters.TryParseUri(rest[(semicolon + 1)..], out parameters!)) return false;
        var number = new TextBuffer();
        foreach (var character in written)
            if (character is not ('-' or '.' or '(' or ')')) number.Append(character);
        var digits = number.Release();
        // Without a plus the number may hold what a keypad has (RFC 3966 §3, local-number-digits).
        var plain = digits.StartsWith('+') ? digits.AsSpan(1) : digits.AsSpan();
        var allowed = digits.StartsWith('+') ? "0123456789" : "0123456789ABCDEFabcdef*#";
        if (plain.IsEmpty || plain.ContainsAnyExcept(allowed)) return false;
        uri = new SipUri(text.ToString(), "tel", digits, null, "", null, parameters, null);
        return true;
    }

    private static bool TryParseOther(ReadOnlySpan<char> text, string scheme, ReadOnlySpan<char> rest, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = rest.ContainsAnyExcept(SipText.OpaqueUriCharacters) ? null : new SipUri(text.ToString(), scheme, null, null, "", null, SipParameters.None, null);
        return uri is not null;
    }

    private bool SamePassword(SipUri other) =>
        _password is null ? other._password is null : other._password is not null && SipText.Canonical(_password) == SipText.Canonical(other._password);

    private bool SameParameters(SipUri other)
    {
        foreach (var name in DecisiveParameters)
            if (Parameters.Has(name) != other.Parameters.Has(name)) return false;
        foreach (var (name, value) in Parameters)
            if (other.Parameters.Has(name) && !string.Equals(value, other.Parameters[name], StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    }

    private bool SameHeaders(SipUri other)
    {
        if (Headers is null || other.Headers is null) return Headers is null && other.Headers is null;
        return Ordered(Headers).SequenceEqual(Ordered(other.Headers), StringComparer.OrdinalIgnoreCase);

        static IEnumerable<string> Ordered(string headers) => headers.Split('&').Select(SipText.Canonical).Order(StringComparer.OrdinalIgnoreCase);
    }

    private SipUri Rebuilt(int? port, SipParameters parameters)
    {
        var changed = new SipUri("", Scheme, _escapedUser, _password, Host, port, parameters, null);
        return new SipUri(changed.Compose(), Scheme, _escapedUser, _password, Host, port, parameters, null);
    }

    private string Compose()
    {
        var text = new TextBuffer();
        text.Append(Scheme);
        text.Append(':');
        text.Append(_escapedUser);
        if (_password is not null) { text.Append(':'); text.Append(_password); }
        if (_escapedUser is not null && Host.Length > 0) text.Append('@');
        text.Append(Host);
        if (Port is { } port) { text.Append(':'); text.Append(port); }
        foreach (var (name, value) in Parameters)
        {
            text.Append(';');
            AppendEscaped(ref text, name);
            if (value is null) continue;
            text.Append('=');
            AppendEscaped(ref text, value);
        }
        return text.Release();
    }

    private static void AppendEscaped(ref TextBuffer text, string part)
    {
        foreach (var character in part)
        {
            if (character is not '%' and not '=' and not '&' && SipText.UriParameterCharacters.Contains(character)) text.Append(character);
            else foreach (var octet in SipText.Encode([character], [])) text.Append($"%{octet:X2}");
        }
    }
}
