namespace Courier.Services.Rates;

/// <summary>Checks files against each other, once each of them is right by itself.</summary>
internal static class CardChecks
{
    public static void Run(CardContent content, FaultList faults)
    {
        foreach (var zone in content.Zones.Names.Where(z => !content.Prices.ContainsKey((RateProduct.Standard, z))))
            faults.Add(CardLayout.Prices, $"{CardTexts.StandardEverywhere}：{zone}");
        foreach (var product in content.Products)
        {
            if (product.MaxInsuredFen > 0 && !Own(content.Insurance, product.Code).Any(b => b.Band.UpToFen >= product.MaxInsuredFen))
                faults.Add(CardLayout.Insurance, CardTexts.InsuranceEnds(product.Code, product.MaxInsuredFen));
            if (product.MaxCodFen > 0 && !content.Cod.Any(c => c.Product == product.Code || c.Product.Length == 0))
                faults.Add(CardLayout.Cod, $"{CardTexts.NoCod}：{product.Code}");
        }
    }

    private static IEnumerable<InsuranceRow> Own(IReadOnlyList<InsuranceRow> rows, string product) =>
        rows.Any(r => r.Product == product) ? rows.Where(r => r.Product == product) : rows.Where(r => r.Product.Length == 0);
}
