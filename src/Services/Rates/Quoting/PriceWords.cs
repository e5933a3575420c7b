namespace Courier.Services.Rates;

/// <summary>Puts a price into lines that people read.</summary>
internal static class PriceWords
{
    public static IReadOnlyList<QuoteLine> Lines(in PriceParts p)
    {
        var lines = new List<QuoteLine>(8) { new(LineCodes.First, Texts.FirstName, p.Price.FirstFen, Texts.First(p)) };
        if (p.Steps > 0) lines.Add(new(LineCodes.Further, Texts.FurtherName, p.FurtherFen, Texts.Further(p)));
        if (p.MinimumFen > 0) lines.Add(new(LineCodes.Minimum, Texts.MinimumName, p.MinimumFen, Texts.Minimum(p)));
        Add(lines, LineCodes.Remote, p, p.Remote);
        Add(lines, LineCodes.Overlong, p, p.Overlong);
        Add(lines, LineCodes.Overweight, p, p.Overweight);
        Add(lines, LineCodes.Peak, p, p.Peak);
        Add(lines, LineCodes.Night, p, p.Night);
        if (p.Insurance is not null) lines.Add(new(LineCodes.Insurance, Texts.InsuranceName, p.InsuranceFen, Texts.Insurance(p)));
        if (p.Cod is not null) lines.Add(new(LineCodes.Cod, Texts.CodName, p.CodFen, Texts.Cod(p)));
        if (p.Packaging is { } item) lines.Add(new(LineCodes.Packaging, item.Name, item.Fen, Texts.Packaging(item)));
        if (p.DropOffFen > 0) lines.Add(new(LineCodes.DropOff, Texts.DropOffName, -p.DropOffFen, Texts.DropOff(p)));
        if (p.MemberFen > 0) lines.Add(new(LineCodes.Member, Texts.MemberName(p.Tier!), -p.MemberFen, Texts.Member(p)));
        return lines;
    }

    private static void Add(List<QuoteLine> lines, string code, in PriceParts p, in Applied applied)
    {
        if (applied.Row is { } row) lines.Add(new(code, row.Name, applied.Fen, Texts.Surcharge(p, applied)));
    }
}
