namespace Courier.Services.Customers.Imports;

/// <summary>What becomes of another system's word.</summary>
internal enum FieldVerdict
{
    /// <summary>It is the same as what we know.</summary>
    Same,

    /// <summary>It is taken over.</summary>
    Take,

    /// <summary>What we know stays; the word is weaker and older.</summary>
    Keep,

    /// <summary>What we know stays until a person decides.</summary>
    Conflict,
}

/// <summary>
/// Whose word counts, the one place where it is decided. Newer is what is dated after what we know; a row without a date is never newer.
/// <list type="table">
/// <listheader><term>known from</term><description>newer word · older or undated word</description></listheader>
/// <item><term>nobody</term><description>take · take</description></item>
/// <item><term>customer, agent, WeChat</term><description>take, unless it is the word that was put right: conflict · conflict</description></item>
/// <item><term>the same system</term><description>take · take, unless it is dated before: keep</description></item>
/// <item><term>a system of less trust</term><description>take · take</description></item>
/// <item><term>a system of equal trust</term><description>take · conflict</description></item>
/// <item><term>a system of more trust</term><description>conflict · keep</description></item>
/// </list>
/// </summary>
internal static class FieldPrecedence
{
    /// <summary>Decides about one field.</summary>
    /// <param name="known">What we know; null for nothing.</param>
    /// <param name="value">What the system says.</param>
    /// <param name="hash">Keyed hash of that.</param>
    /// <param name="at">Since when it says so; null when it does not tell.</param>
    /// <param name="source">The system.</param>
    /// <param name="options">The trust of all systems.</param>
    public static FieldVerdict Of(RecordedField? known, string value, string hash, DateTimeOffset? at, ImportSource source, ImportsOptions options)
    {
        if (known is null) return FieldVerdict.Take;
        if (known.Value == value) return FieldVerdict.Same;
        var isNewer = at > known.At;
        return known.Origin switch
        {
            FieldOrigin.Customer or FieldOrigin.Agent or FieldOrigin.Wechat => isNewer && hash != known.ReplacedHash ? FieldVerdict.Take : FieldVerdict.Conflict,
            FieldOrigin.Import when known.Source == source.Name => at < known.At ? FieldVerdict.Keep : FieldVerdict.Take,
            FieldOrigin.Import => source.Trust.CompareTo(options.TrustOf(known.Source)) switch
            {
                > 0 => FieldVerdict.Take,
                0 => isNewer ? FieldVerdict.Take : FieldVerdict.Conflict,
                < 0 => isNewer ? FieldVerdict.Conflict : FieldVerdict.Keep,
            },
        };
    }
}
