using System.Text;

namespace Courier.Services.Knowledge;

/// <summary>Incidents as customers read them. Pure.</summary>
public static class IncidentText
{
    /// <summary>Banners in one answer at most.</summary>
    public const int MostBanners = 2;

    private const int MostBytes = 2048;

    /// <summary>The one line: <c>⚠【台风红色预警】深圳市部分快件延误1至2天。</c></summary>
    public static string Line(string title, string text) => $"⚠【{title}】{text}";

    /// <summary>
    /// The answer with banners above it, the worst first. They never cost the answer anything: what does not fit into the 2048 bytes of a
    /// chat message is shortened to its title or left out.
    /// </summary>
    /// <param name="incidents">What concerns the answer; the first two are shown.</param>
    /// <param name="answer">The answer as it is without them.</param>
    public static string Above(IReadOnlyList<Incident> incidents, string answer)
    {
        if (incidents.Count == 0) return answer;
        var room = MostBytes - Encoding.UTF8.GetByteCount(answer);
        var banners = new StringBuilder();
        foreach (var incident in incidents.Take(MostBanners))
        {
            if (Fitting(incident, room) is not { } line) continue;
            banners.Append(line).Append('\n');
            room -= Bytes(line);
        }
        return banners.Append(answer).ToString();
    }

    /// <summary>Several incidents as the answer to a question for them; null when there is none.</summary>
    /// <param name="incidents">Which.</param>
    /// <param name="most">How many at most; the rest is counted.</param>
    public static string? List(IReadOnlyList<Incident> incidents, int most = 5)
    {
        if (incidents.Count == 0) return null;
        var lines = incidents.Take(most).Select(i => i.Line);
        return string.Join('\n', incidents.Count > most ? lines.Append(Texts.MoreIncidents(incidents.Count - most)) : lines);
    }

    private static string? Fitting(Incident incident, int room) =>
        Bytes(incident.Line) <= room ? incident.Line : Line(incident.Title, "") is var title && Bytes(title) <= room ? title : null;

    private static int Bytes(string line) => Encoding.UTF8.GetByteCount(line) + 1;
}
