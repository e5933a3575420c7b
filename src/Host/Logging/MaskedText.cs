using System.Text.RegularExpressions;
using Courier.Kernel;
using Serilog.Events;
using Serilog.Formatting;

namespace Courier.Host.Logging;

/// <summary>
/// The last gate before a line is written: telephone and identity card numbers, tokens, secrets, codes and passwords are masked
/// wherever they stand, in messages, properties and exceptions alike.
/// </summary>
internal sealed partial class MaskedText(ITextFormatter inner) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var text = new StringWriter(output.FormatProvider);
        inner.Format(logEvent, text);
        output.Write(Mask(text.ToString()));
    }

    public static string Mask(string text)
    {
        text = Named().Replace(text, "${name}***");
        text = Bearer().Replace(text, "${scheme} ***");
        text = IdentityCard().Replace(text, m => string.Concat(m.Value.AsSpan(0, 4), "**********", m.Value.AsSpan(14)));
        return Masking.PhonesIn(text);
    }

    // access_token=…, "session_key":"…", js_code: …; "code: 40001" is an error's number and stays, "code=…" in an address is a login code.
    [GeneratedRegex("""(?<name>(?<![A-Za-z0-9])(?:(?:access_token|refresh_token|token|secret|appsecret|session_key|js_code|password|api_?key|encoding_?aes_?key|x-courier-signature|cookie|set-cookie)["']?\s*[=:]\s*["']?|(?:code|ticket|signature|msg_signature)=))(?!\*\*\*)[^\s"'&,;<>}\]]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex("""(?<scheme>\b(?:Bearer|Basic))\s+(?!\*\*\*)[A-Za-z0-9._~+/=-]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();

    // GB 11643: 17 digits and a digit or X, a birth date inside.
    [GeneratedRegex(@"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])")]
    private static partial Regex IdentityCard();
}
