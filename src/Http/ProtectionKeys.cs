using System.Xml.Linq;
using Courier.Kernel;
using Courier.Kernel.Data;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Courier.Http;

/// <summary>ASP.NET's data-protection keys in the database, encrypted, so that every process reads what another one protected.</summary>
internal sealed class ProtectionKeys(Db db, DataKeys keys, TimeProvider clock) : IXmlRepository
{
    // The framework asks synchronously, once a day and process; it does not run in a synchronization context.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. db.Query<string>("select xml_cipher from http_protection_keys order by id").GetAwaiter().GetResult()
            .Select(cipher => XElement.Parse(keys.Decrypt(cipher)))];

    public void StoreElement(XElement element, string friendlyName) => db.Execute(
        "insert into http_protection_keys (id, name, xml_cipher, created_at) values (@id, @friendlyName, @cipher, @now)",
        new { id = Ids.New(clock), friendlyName, cipher = keys.Encrypt(element.ToString(SaveOptions.DisableFormatting)), now = clock.GetUtcNow() })
        .GetAwaiter().GetResult();
}
