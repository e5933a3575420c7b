using System.Globalization;
using System.Text;
using Courier.Services.Calendars;
using Courier.Services.Parcels;

namespace Courier.Services.Notifications;

/// <summary>What a follower reads when a parcel will probably be late: as chat text and as the values of a template. Pure.</summary>
internal static class WarningNotice
{
    public static string Text(ParcelLateExpected late, bool mayRedirect)
    {
        var text = new StringBuilder(late.Round == 1 ? Texts.LateHead(late.Waybill.Text, ChinaTime.Words(late.PromisedBy, ChinaTime.AnyDay)) : Texts.LateWorse(late.Waybill.Text));
        if (late.Expected.Length > 0) text.Append('\n').Append(Texts.LateNow(late.Expected));
        if (late.Why.Length > 0) text.Append('\n').Append(late.Why);
        return text.Append('\n').Append(AnswerWarning.ChoicesFor(mayRedirect)).ToString();
    }

    public static IReadOnlyDictionary<string, string> Template(ParcelLateExpected late, ParcelTemplateKeys keys, DateTimeOffset now) => new (string Key, string Value)[]
    {
        (keys.Waybill, late.Waybill.Text),
        (keys.Status, Texts.LatePhrase),
        (keys.Time, ChinaTime.In(now).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
        (keys.Place, Texts.OnTheWay),
        (keys.Note, Texts.LateNote),
    }.Where(v => v.Key.Length > 0).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
}
